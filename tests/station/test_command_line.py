"""The command `station` as scripts call it: exit codes, one sentence on stderr, nothing half-written, no traceback."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import segno
from support.stations import MEMBERS, NOTICE_VERSION, OPERATOR_PIN, MadeStation, id_number, make_station

from station_app.cli import main
from station_app.scanning.opencv import cv2

PROJECT = Path(__file__).resolve().parents[2]
WANG = MEMBERS[0]


def station(*arguments: object, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "station_app.cli", *map(str, arguments)]
    outside = {name: value for name, value in os.environ.items() if name != "STATION_HOME"}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=PROJECT, input=stdin, env={**outside, **environment}
    )


def called(capsys: pytest.CaptureFixture[str], *arguments: object) -> subprocess.CompletedProcess[str]:
    """The same without a process of its own, for the many cases in which little happens."""
    try:
        code = main([str(one) for one in arguments])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return subprocess.CompletedProcess([], code, *capsys.readouterr())


def lines(came: subprocess.CompletedProcess[str]) -> list[Any]:
    assert came.returncode == 0, came.stderr
    return [json.loads(line) for line in came.stdout.splitlines()]


def one(came: subprocess.CompletedProcess[str]) -> Any:
    (line,) = lines(came)
    return line


def refusal(came: subprocess.CompletedProcess[str], code: int) -> str:
    """The one sentence on stderr."""
    assert came.returncode == code, (came.returncode, came.stdout, came.stderr)
    assert "Traceback" not in came.stderr
    (sentence,) = came.stderr.splitlines()
    assert sentence.startswith("station")
    return sentence


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeStation:
    return make_station(tmp_path_factory.mktemp("made") / "station")


@pytest.fixture
def home(made: MadeStation, tmp_path: Path) -> Path:
    """A copy of the made station, for tests that change it."""
    return Path(shutil.copytree(made.home, tmp_path / "station"))


# Wrong arguments and surroundings


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "COMMAND"),
        (("dance",), "dance"),
        (("scan",), "PATH"),
        (("member",), "ACTION"),
        (("member", "find", "x", "--limit", "0"), "1 or more"),
        (("member", "find", "x", "--limit", "many"), "--limit"),
        (("card", "1"), "--out"),
        (("service", "record", "1", "2", "--quantity", "one"), "--quantity"),
        (("status", "--language", "fr"), "fr"),
    ],
)
def test_wrong_arguments(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in refusal(called(capsys, *arguments), 2)


def test_help_names_every_command() -> None:
    came = station("--help")
    assert came.returncode == 0
    for command in ("open", "init", "unlock-check", "scan", "member", "service", "card", "sync", "status", "journal"):
        assert f"\n    {command}" in came.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("member", "find", "王"),
        ("service", "list", "1"),
        ("journal", "verify"),
        ("unlock-check",),
        ("staff", "list"),
        ("sync",),
    ],
)
def test_where_there_is_no_station(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "nothing"
    assert str(folder) in refusal(called(capsys, *arguments, "--home", folder), 3)
    assert not folder.exists()


def test_the_folder_is_named_by_the_environment_too(made: MadeStation) -> None:
    assert one(station("status", "--json", STATION_HOME=str(made.home)))["station"] == made.facts.label


def test_a_city_that_is_not_there_leaves_no_folder(tmp_path: Path) -> None:
    came = station("init", "--home", tmp_path / "new", "--city", "http://127.0.0.1:9", "--code", "AAAA-AAAA-AAAA")
    refusal(came, 3)
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_gone_or_damaged(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = home / "store.db"
    content = store.read_bytes()
    store.write_bytes(b"no store" * 1_000)
    assert "does not open with this key" in refusal(called(capsys, "status", "--home", home), 3)
    store.write_bytes(b"")
    assert "damaged" in refusal(called(capsys, "status", "--home", home), 3)
    store.unlink()
    assert "not there" in refusal(called(capsys, "status", "--home", home), 3)
    assert not store.exists()
    store.write_bytes(content)
    assert one(called(capsys, "status", "--home", home, "--json"))["counts"]["people"] == len(MEMBERS)


@pytest.mark.parametrize("file", ["station.json", "keyslots.json", "identity.sealed", "device.key"])
def test_a_damaged_file_of_the_folder_is_named(home: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    if not (home / file).exists():
        pytest.skip("the key lies in this system's key store")
    for content in (b"", b"[]", b"{}", b'"text"', b"\xff\xfe"):
        (home / file).write_bytes(content)
        assert file in refusal(called(capsys, "status", "--home", home), 3)
        assert (home / file).read_bytes() == content


# Scanning


def test_pictures_without_a_station_are_read_and_not_judged(tmp_path: Path) -> None:
    segno.make_qr("SY000001", error="m").save(str(tmp_path / "code.png"), scale=6)
    came = station("scan", tmp_path / "code.png", "--json", "--home", tmp_path / "none")
    assert one(came) == {
        "file": str(tmp_path / "code.png"),
        "text": "SY000001",
        "symbology": "qr",
        "kind": None,
        "verdict": "unchecked",
        "member": None,
    }


def test_a_folder_is_read_picture_by_picture_and_judged(made: MadeStation, tmp_path: Path) -> None:
    for name, text in {"a": WANG.number, "b": "https://example.org/", "c": "SY999999"}.items():
        segno.make_qr(text, error="m").save(str(tmp_path / f"{name}.png"), scale=6)
    found = lines(station("scan", tmp_path, "--json", "--home", made.home))
    assert [(Path(line["file"]).name, line["text"], line["verdict"]) for line in found] == [
        ("a.png", WANG.number, "valid"),
        ("b.png", "https://example.org/", "not_a_member_code"),
        ("c.png", "SY999999", "unknown"),
    ]
    assert found[0]["member"] == {"member_no": WANG.number, "name": "王*明"}
    assert (found[0]["kind"], found[1]["kind"]) == ("plain", "other")


def test_what_is_no_picture(tmp_path: Path) -> None:
    letter = tmp_path / "letter.png"
    letter.write_text("no picture")
    assert "letter.png" in refusal(station("scan", letter, "--home", tmp_path / "none"), 3)
    assert "missing.png" in refusal(station("scan", tmp_path / "missing.png", "--home", tmp_path / "none"), 3)


def test_a_picture_without_a_code(tmp_path: Path) -> None:
    empty = tmp_path / "empty.png"
    segno.make_qr("1").save(str(empty), scale=1, light="white", dark="white")
    assert "No code" in refusal(station("scan", empty, "--home", tmp_path / "none"), 1)


def test_a_bad_picture_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    segno.make_qr("SY000001", error="m").save(str(tmp_path / "code.png"), scale=6)
    (tmp_path / "letter.png").write_text("no picture")
    came = station("scan", tmp_path / "letter.png", tmp_path / "code.png", "--home", tmp_path / "none")
    refusal(came, 3)
    assert "SY000001" in came.stdout


# Members, services, cards


def test_a_member_is_registered_found_and_served(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = id_number(date(1991, 4, 17), 321)
    form = ("--name", "赵一曼", "--id", number, "--phone", "13912345678", "--home", home)
    refused = called(capsys, "member", "add", *form, "--json")
    assert refused.returncode == 1
    assert [problem["field"] for problem in json.loads(refused.stdout)["problems"]] == ["consent"]
    joined = one(called(capsys, "member", "add", *form, "--consent", NOTICE_VERSION, "--json"))
    again = called(capsys, "member", "add", *form, "--consent")
    assert again.returncode == 1
    assert all(line.startswith("station: ") for line in again.stderr.splitlines())
    for typed in ("赵", "zhaoyi", "yi man", "5678", joined["member_no"]):
        assert (
            one(called(capsys, "member", "find", typed, "--json", "--home", home))["member_no"] == joined["member_no"]
        )
    found = one(called(capsys, "member", "find", "赵", "--json", "--home", home))
    assert found["name"] == "赵一曼"
    assert number not in json.dumps(found)
    assert "13912345678" not in json.dumps(found)

    member = ("--home", home, "--json")
    given = one(called(capsys, "service", "record", joined["member_no"], "haircut", *member))
    assert given["service"] == "liudong.haircut"
    used_up = called(capsys, "service", "record", joined["member_no"], "liudong.haircut", *member)
    refusal(used_up, 1)
    assert json.loads(used_up.stdout)["verdict"] == "used_up"
    verdicts = {
        line["service"]: line["verdict"] for line in lines(called(capsys, "service", "list", "赵一曼", *member))
    }
    assert verdicts["liudong.haircut"] == "used_up"
    assert "allowed" in verdicts.values()
    assert one(called(capsys, "service", "void", given["record"], "--reason", "wrong person", *member))["ok"]
    refusal(called(capsys, "service", "void", given["record"], "--reason", "again", "--home", home), 1)
    assert one(called(capsys, "service", "record", joined["member_no"], "haircut", *member))["ok"]
    counts = one(called(capsys, "status", *member))["counts"]
    assert (counts["people"], counts["services"], counts["voided"]) == (len(MEMBERS) + 1, 1, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("member", "find", "无人"), "无人"),
        (("service", "list", "999999999999"), "999999999999"),
        (("service", "list", "王"), "Several"),
        (("service", "record", WANG.number, "dance"), "dance"),
        (("service", "void", "xyz", "--reason", "x"), "no record"),
        (("service", "void", "00" * 16, "--reason", "x"), "no record"),
        (("card", "无人", "--out", "card.pdf"), "无人"),
    ],
)
def test_what_is_not_there(
    made: MadeStation, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refusal(called(capsys, *arguments, "--home", made.home), 1)
    assert not (PROJECT / "card.pdf").exists()


def test_a_card_is_read_back_as_valid_and_the_one_before_it_as_revoked(home: Path, tmp_path: Path) -> None:
    pictures = []
    for number in (1, 2):
        file = tmp_path / f"{number}.pdf"
        assert one(station("card", WANG.number, "--out", file, "--json", "--home", home))["member_no"] == WANG.number
        page = pypdfium2.PdfDocument(file)[0].render(scale=600 / 72).to_numpy()
        pictures.append(file.with_suffix(".png"))
        cv2.imwrite(str(pictures[-1]), page)
    old, new = lines(station("scan", *pictures, "--json", "--home", home))
    assert (old["verdict"], new["verdict"]) == ("revoked", "valid")
    assert new["kind"] == "card"
    assert new["member"] == {"member_no": WANG.number, "name": "王*明"}


def test_a_card_that_cannot_be_written_is_told(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "does not exist" in refusal(
        called(capsys, "card", WANG.number, "--out", tmp_path / "no" / "x.pdf", "--home", home), 3
    )
    (tmp_path / "folder.pdf").mkdir()
    refusal(called(capsys, "card", WANG.number, "--out", tmp_path / "folder.pdf", "--home", home), 3)
    assert [file.name for file in tmp_path.iterdir() if file.name != "station"] == ["folder.pdf"]


# Journal, staff, the rest


def test_the_journal_verifies_and_rebuilds(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verified = one(called(capsys, "journal", "verify", "--json", "--home", home))
    assert verified["ok"]
    assert [journal["faults"] for journal in verified["journals"]] == [[], []]
    counts = one(called(capsys, "status", "--json", "--home", home))["counts"]
    assert one(called(capsys, "journal", "rebuild", "--json", "--home", home)) == counts


def test_staff_are_added_listed_and_unlock(home: Path) -> None:
    assert (
        station("staff", "add", "孙丽", "--supervisor", "--pin-stdin", "--home", home, stdin="802461\n").returncode == 0
    )
    listed = {line["name"]: line["role"] for line in lines(station("staff", "list", "--json", "--home", home))}
    assert listed == {"刘芳": "operator", "韩立群": "supervisor", "孙丽": "supervisor"}
    assert station("unlock-check", "--home", home).returncode == 0
    assert station("unlock-check", "--staff", "孙丽", "--home", home, stdin="802461\n").returncode == 0
    assert "Wrong PIN" in refusal(station("unlock-check", "--staff", "孙丽", "--home", home, stdin="802462\n"), 3)
    assert "没有" not in refusal(station("unlock-check", "--staff", "nobody", "--home", home, stdin="1\n"), 3)
    refusal(station("staff", "add", "孙丽", "--pin-stdin", "--home", home, stdin="802461\n"), 3)
    refusal(station("staff", "add", "周强", "--pin-stdin", "--home", home, stdin="123456\n"), 3)
    assert len(lines(station("staff", "list", "--json", "--home", home))) == 3


def test_a_store_that_only_pins_open(home: Path) -> None:
    assert station("staff", "only-pins", "--home", home).returncode == 0
    assert "PIN" in refusal(station("status", "--home", home), 3)
    assert station("unlock-check", "--staff", "刘芳", "--home", home, stdin=f"{OPERATOR_PIN}\n").returncode == 0


def test_a_city_that_does_not_answer(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    came = called(capsys, "sync", "--json", "--home", home)
    refusal(came, 3)
    assert not json.loads(came.stdout)["ok"]
    status = one(called(capsys, "status", "--json", "--home", home))["exchange"]
    assert status["last_error"] is not None
    assert status["waiting_entries"] > 0


def test_the_doctor_says_what_is_well_and_what_is_not(home: Path) -> None:
    came = station("doctor", "--json", "--home", home)
    assert came.returncode in (0, 1)
    assert "Traceback" not in came.stderr
    found = {line["what"]: line for line in map(json.loads, came.stdout.splitlines())}
    assert {"disk", "engines", "fonts", "printer", "station", "store", "certificate", "clock", "exchange"} <= set(found)
    assert found["store"]["ok"]
    (home / "store.db").write_bytes(b"")
    broken = station("doctor", "--home", home)
    assert broken.returncode == 1
    assert "!! " in broken.stdout
    assert broken.stderr == ""


def test_sentences_in_chinese(tmp_path: Path) -> None:
    assert "服务站" in refusal(station("status", "--language", "zh", "--home", tmp_path / "none"), 3)
