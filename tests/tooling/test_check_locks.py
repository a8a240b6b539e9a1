"""The check of locks finds what must not stand in one."""

import pytest

from devtools.checks import locks
from devtools.checks.locks import differences, pins, problems_in_lock

GOOD = """\
alembic==1.20.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via -r requirements.in
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:cc
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:dd
psycopg[binary]==3.3.0 \\
    --hash=sha256:ee
"""


def test_a_good_lock_has_no_problems() -> None:
    assert problems_in_lock(GOOD) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://index.example/simple",
        "--extra-index-url=file:///wheels",
        "-i wheels",
        "--find-links wheels",
        "--trusted-host index.example",
        "# from https://index.example",
        "thing @ file:///wheels/thing.whl",
    ],
)
def test_a_line_that_names_a_place_is_found(line: str) -> None:
    assert problems_in_lock(f"{line}\n{GOOD}") == ["line 1: names a place to install from"]


def test_a_package_without_hash_or_version_is_found() -> None:
    found = problems_in_lock("thing==1.0\nother>=2 \\\n    --hash=sha256:aa\n")
    assert found == ["thing: has no hash", "other>=2: is not pinned to one version"]


def test_versions_that_depend_on_the_system_are_all_counted() -> None:
    assert pins(GOOD)["numpy"] == {"2.4.6", "2.5.5"}


def test_what_is_shipped_must_be_what_is_tested() -> None:
    assert differences(GOOD, GOOD) == []
    found = differences(GOOD, GOOD.replace("1.20.1", "1.20.0"))
    assert found == ["alembic: shipped as ['1.20.1'], tested as ['1.20.0']"]


def test_the_projects_own_locks_are_right() -> None:
    assert locks.check().problems == ()
