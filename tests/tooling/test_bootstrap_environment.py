"""When .venv is kept, brought up to date or made anew."""

import dataclasses
import json
from pathlib import Path

import pytest

from devtools.bootstrap import environment
from devtools.bootstrap.environment import Plan, Profile, Stamp, decide

HERE = "/project/.venv"
PYTHON = "(3, 11) /project/.venv"
DIGESTS = {Profile.RUN: "run-1", Profile.DEV: "dev-1"}
RUN = Stamp(HERE, PYTHON, Profile.RUN, "run-1")
DEV = Stamp(HERE, PYTHON, Profile.DEV, "dev-1")


@pytest.mark.parametrize(("found", "wanted"), [(RUN, Profile.RUN), (DEV, Profile.DEV), (DEV, Profile.RUN)])
def test_what_serves_is_kept(found: Stamp, wanted: Profile) -> None:
    assert decide(found, HERE, PYTHON, wanted, DIGESTS) is Plan.KEEP


def test_tools_are_added_to_what_only_runs() -> None:
    assert decide(RUN, HERE, PYTHON, Profile.DEV, DIGESTS) is Plan.UPDATE


@pytest.mark.parametrize("found", [RUN, DEV])
def test_a_changed_lock_brings_it_up_to_date(found: Stamp) -> None:
    changed = {profile: digest.replace("1", "2") for profile, digest in DIGESTS.items()}
    assert decide(found, HERE, PYTHON, Profile.RUN, changed) is Plan.UPDATE


@pytest.mark.parametrize(
    ("found", "python"),
    [
        pytest.param(None, PYTHON, id="interrupted while it was made"),
        pytest.param(RUN, None, id="its interpreter does not start"),
        pytest.param(dataclasses.replace(RUN, folder="/elsewhere/.venv"), PYTHON, id="copied from elsewhere"),
        pytest.param(RUN, "(3, 12) /project/.venv", id="the system's Python was replaced"),
    ],
)
def test_what_is_broken_is_made_anew(found: Stamp | None, python: str | None) -> None:
    assert decide(found, HERE, python, Profile.RUN, DIGESTS) is Plan.MAKE


@pytest.mark.parametrize("content", ["", "[]", '{"folder": "x"}', json.dumps({"unknown": 1})])
def test_a_stamp_that_cannot_be_read_is_none(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = tmp_path / "stamp.json"
    stamp.write_text(content)
    monkeypatch.setattr(environment, "STAMP", stamp)
    assert environment.read_stamp() is None


def test_a_stamp_is_read_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = tmp_path / "stamp.json"
    stamp.write_text(json.dumps(dataclasses.asdict(RUN)))
    monkeypatch.setattr(environment, "STAMP", stamp)
    assert environment.read_stamp() == RUN
