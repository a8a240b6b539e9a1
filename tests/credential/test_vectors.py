"""Other people's vectors, by the judge behind `dev.py vectors`; and that the judge lets nothing pass that is wrong."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from devtools.vectors.__main__ import main
from devtools.vectors.finding import Finding, Outcome
from devtools.vectors.judge import judge_all, judge_file

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "vectors"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared vectors are absent")


def files(pattern: str) -> list[Any]:
    return [pytest.param(file, id=str(file.relative_to(FOLDER))) for file in sorted(FOLDER.glob(pattern))]


@pytest.mark.parametrize("file", [*files("*/*/*.json"), *files("*/*/*/*.json"), *files("status-list/*.md")])
def test_what_is_stated_comes_out(file: Path) -> None:
    finding = judge_file(file)
    if finding is not None:
        wrong = [step for step in finding.steps if step.outcome in (Outcome.FAILED, Outcome.UNKNOWN, Outcome.DISPUTED)]
        assert not wrong


def test_so_many_are_judged() -> None:
    """A judge that looks away would pass everything above."""
    found: dict[str, int] = {}
    for finding in judge_all(FOLDER):
        found[finding.layout] = found.get(finding.layout, 0) + (finding.outcome is Outcome.PASSED)
    assert found == {"dcc": 397, "cose": 17, "claim169": 18, "status-list": 16}


def judged(tmp_path: Path, content: object) -> Finding:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    finding = judge_file(file)
    assert finding is not None
    return finding


def failed_steps(finding: Finding) -> list[str]:
    return [step.name for step in finding.steps if step.outcome is Outcome.FAILED]


def loaded(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def last_byte_changed(hexadecimal: str) -> str:
    return hexadecimal[:-2] + f"{int(hexadecimal[-2:], 16) ^ 1:02x}"


def with_a_changed_signature(case: dict[str, Any]) -> None:
    case["COSE"] = last_byte_changed(case["COSE"])


def with_another_certificate(case: dict[str, Any]) -> None:
    case["TESTCTX"]["CERTIFICATE"] = loaded("dcc/AE/test.json")["TESTCTX"]["CERTIFICATE"]


def with_other_claims(case: dict[str, Any]) -> None:
    case["CBOR"] = loaded("dcc/CH/2.json")["CBOR"]


def with_a_later_clock(case: dict[str, Any]) -> None:
    case["TESTCTX"]["VALIDATIONCLOCK"] = "2099-01-01T00:00:00+08:00"


def with_a_broken_text(case: dict[str, Any]) -> None:
    case["PREFIX"] = case["PREFIX"][:-6] + "§" * 6


def with_the_opposite_verdict(case: dict[str, Any]) -> None:
    case["EXPECTEDRESULTS"]["EXPECTEDVERIFY"] = False


@pytest.mark.parametrize(
    ("change", "steps"),
    [
        (with_a_changed_signature, ["EXPECTEDCOMPRESSION", "EXPECTEDVERIFY"]),
        (with_another_certificate, ["EXPECTEDVERIFY"]),
        (with_other_claims, ["EXPECTEDDECODE"]),
        (with_a_later_clock, ["EXPECTEDEXPIRATIONCHECK"]),
        (with_a_broken_text, ["EXPECTEDB45DECODE", "EXPECTEDCOMPRESSION"]),
        (with_the_opposite_verdict, ["EXPECTEDVERIFY"]),
    ],
)
def test_a_spoilt_health_certificate_fails(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], steps: list[str]
) -> None:
    case = loaded("dcc/CH/1.json")
    change(case)
    assert sorted(failed_steps(judged(tmp_path, case))) == steps


@pytest.mark.parametrize("name", ["eddsa-examples/eddsa-sig-01", "ecdsa-examples/ecdsa-sig-02", "CWT/A_3"])
def test_a_spoilt_cose_example_fails(tmp_path: Path, name: str) -> None:
    case = loaded(f"cose/{name}.json")
    case["output"]["cbor"] = last_byte_changed(case["output"]["cbor"])
    assert failed_steps(judged(tmp_path, case)) == ["signature"]
    assert failed_steps(judged(tmp_path, loaded(f"cose/{name}.json") | {"fail": True})) == ["signature"]


def test_another_kind_of_message_is_not_counted_as_passed(tmp_path: Path) -> None:
    assert judged(tmp_path, loaded("cose/CWT/A_4.json")).outcome is Outcome.NOT_JUDGED


def test_a_spoilt_claim169_code_fails(tmp_path: Path) -> None:
    case = loaded("claim169/test-vectors/valid/ed25519-signed.json")
    other = loaded("claim169/test-vectors/valid/encrypted-signed.json")
    assert failed_steps(judged(tmp_path, case | {"signing_key": other["signing_key"]})) == ["signature"]
    renamed = case["expected_claim169"] | {"fullName": "Somebody Else"}
    assert failed_steps(judged(tmp_path, case | {"expected_claim169": renamed})) == ["claims"]
    unsigned = loaded("claim169/test-vectors/valid/minimal.json") | {"signing_key": case["signing_key"]}
    assert "signature" in failed_steps(judged(tmp_path, unsigned))
    assert failed_steps(judged(tmp_path, case | {"expected_error": "Decompress"})) == ["expected_error"]


def test_an_error_that_no_step_answers_is_not_passed(tmp_path: Path) -> None:
    case = loaded("claim169/test-vectors/invalid/bad-zlib.json") | {"expected_error": "Frobnicated"}
    assert judged(tmp_path, case).outcome is Outcome.NOT_JUDGED


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("status_list_encoding_cbor.md", "0xb9", "0xb8"),
        ("status_list_encoding1_long_cbor.md", "a26462697473 01", "a26462697473 02"),
        ("status_list_cwt.md", "648c5bea", "648c5beb"),
    ],
)
def test_a_spoilt_status_list_fails(tmp_path: Path, name: str, old: str, new: str) -> None:
    text = (FOLDER / "status-list" / name).read_text(encoding="utf-8")
    spoilt = text.replace(old.replace(" ", ""), new.replace(" ", ""))
    assert spoilt != text
    (tmp_path / name).write_text(spoilt, encoding="utf-8")
    finding = judge_file(tmp_path / name)
    assert finding is not None
    assert finding.outcome is Outcome.FAILED


def test_statuses_that_a_file_states_itself(tmp_path: Path) -> None:
    text = (FOLDER / "status-list" / "status_list_encoding4_cbor.md").read_text(encoding="utf-8")
    file = tmp_path / "some_list.md"
    file.write_text(text, encoding="utf-8")
    finding = judge_file(file)
    assert finding is not None
    assert finding.outcome is Outcome.NOT_JUDGED
    file.write_text(f"status[0] = 0b0001\nstatus[1993]=2\nencoded:\n{text}", encoding="utf-8")
    finding = judge_file(file)
    assert finding is not None
    assert finding.outcome is Outcome.FAILED


@pytest.mark.parametrize("content", [{}, [], {"expected": True}, "text", None])
def test_another_layout_is_named(tmp_path: Path, content: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert judged(tmp_path, content).outcome is Outcome.UNKNOWN
    assert main([str(tmp_path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["unknown"] == 1


def test_the_command_counts_and_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(FOLDER / "cose" / "eddsa-examples", tmp_path / "eddsa")
    assert main([str(tmp_path)]) == 0
    file = tmp_path / "eddsa" / "eddsa-sig-01.json"
    file.chmod(0o600)
    file.write_text(json.dumps(loaded("cose/eddsa-examples/eddsa-sig-01.json") | {"fail": True}))
    assert main([str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "FAILED    eddsa/eddsa-sig-01.json: signature: True came, False was stated" in shown
    assert "all          1 passed, 1 failed" in shown
    assert main([str(tmp_path / "nowhere")]) == 2


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Nothing here.", encoding="utf-8")
    assert main([str(tmp_path)]) == 2


def test_a_disputed_case_is_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "XX"
    folder.mkdir()
    case = loaded("dcc/CH/1.json")
    with_a_changed_signature(case)
    case["EXPECTEDRESULTS"] = {"EXPECTEDVERIFY": True}
    (folder / "7.json").write_text(json.dumps(case), encoding="utf-8")
    (tmp_path / "known_issues.csv").write_text(
        "test_name,country,test_set,reason\ntest_verification_check,XX,7,said elsewhere\n", encoding="utf-8"
    )
    (finding,) = judge_all(tmp_path)
    assert finding.outcome is Outcome.DISPUTED
