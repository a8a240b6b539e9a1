"""`station print`: batches that are broken off and gone on with, and jobs that a person answers for."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.stations import MEMBERS, MadeStation, make_station

from printing.printers import Document, JobReport, JobState, Medium, Reason
from printing.spool import SpooledJob
from station_app.cli.main import main
from station_app.home.spool import station_spool
from station_app.station.batch import batch_plans

COMMAND = [sys.executable, "-m", "station_app.cli", "print"]


@pytest.fixture
def made(tmp_path: Path) -> MadeStation:
    return make_station(tmp_path / "station")


@pytest.fixture
def roll(tmp_path: Path) -> Path:
    """Everybody's number, and one of them twice."""
    file = tmp_path / "春季活动.txt"
    numbers = [member.number for member in (*MEMBERS, MEMBERS[0])]
    file.write_text("\n".join(numbers), encoding="utf-8")
    return file


def printed(made: MadeStation) -> list[str]:
    return sorted(file.stem for file in (made.home / "cards").glob("*.pdf"))


def standing_cards(made: MadeStation) -> list[str]:
    """Of each member, in the order of their cards' ids."""
    station = made.open()
    with station.store.reading() as view:
        cards = [card for card in view.cards.of_people([member.person for member in MEMBERS]) if not card.revocation]
    station.close()
    assert len({card.person for card in cards}) == len(cards)
    return sorted(f"card-{card.id.hex()}" for card in cards)


def test_a_batch_prints_a_card_for_each(made: MadeStation, roll: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", "batch", str(roll), "--home", str(made.home)]) == 0
    assert "4 of 4" in capsys.readouterr().out
    assert printed(made) == standing_cards(made)
    assert len(printed(made)) == 4
    assert main(["print", "resume", "--home", str(made.home)]) == 1
    jobs = station_spool(made.home, made.store_key).all()
    assert [(job.state, job.pdf, job.place) for job in jobs] == [(JobState.PRINTED, None, at) for at in range(4)]


@pytest.mark.parametrize("cut", [signal.SIGKILL, signal.SIGINT])
def test_broken_off_and_gone_on_with_nobody_gets_two(
    made: MadeStation, roll: Path, cut: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    child = subprocess.Popen(
        [*COMMAND, "batch", str(roll), "--home", str(made.home)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert child.stderr is not None
    seen = b""
    while b"1/4" not in seen and (byte := child.stderr.read(1)):
        seen += byte
    child.send_signal(cut)
    child.communicate()
    (plan,) = batch_plans(made.home, made.store_key).all()
    assert plan.done >= 1
    main(["print", "resume", plan.id, "--home", str(made.home)])
    asking = [job for job in station_spool(made.home, made.store_key).all() if job.asks]
    if asking:  # it was cut in the middle of handing over: that card may lie in the folder or not
        assert main(["print", "again", asking[0].id, "--home", str(made.home)]) == 0
        main(["print", "resume", "--home", str(made.home)])
    assert set(standing_cards(made)) <= set(printed(made))
    (plan,) = batch_plans(made.home, made.store_key).all()
    assert plan.is_over
    assert len(standing_cards(made)) == 4
    if not asking:
        assert printed(made) == standing_cards(made)


def left_by_a_power_cut(made: MadeStation) -> SpooledJob:
    document = Document(b"%PDF-1.4", "card-00aa", Medium(85.6, 53.98))
    job = SpooledJob(
        id="00aa",
        at_ms=1_790_000_000_000,
        title=document.title,
        system="folder",
        printer="pdf",
        width_mm=85.6,
        height_mm=53.98,
        pdf=document.pdf,
    )
    report = JobReport(JobState.UNKNOWN, Reason.STATION_STOPPED)
    return station_spool(made.home, made.store_key).put(job.reported(report))


def listed(made: MadeStation, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["print", "list", "--json", *options, "--home", str(made.home)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_job_asks_until_somebody_answers(made: MadeStation, capsys: pytest.CaptureFixture[str]) -> None:
    left_by_a_power_cut(made)
    (job,) = listed(made, capsys)
    assert (job["state"], job["asks"], job["tries"]) == ("unknown", True, 1)
    assert main(["print", "list", "--language", "zh", "--home", str(made.home)]) == 0
    assert "打印出来了吗" in capsys.readouterr().out
    assert main(["print", "came-out", "00aa", "--home", str(made.home)]) == 0
    assert listed(made, capsys) == []
    assert [job["asks"] for job in listed(made, capsys, "--all")] == [False]
    for answer in ("came-out", "again", "give-up"):
        assert main(["print", answer, "00aa", "--home", str(made.home)]) == 1
    assert printed(made) == []


def test_printed_again_with_a_reason_is_counted(made: MadeStation, capsys: pytest.CaptureFixture[str]) -> None:
    left_by_a_power_cut(made)
    assert main(["print", "again", "00aa", "--because", "spoiled", "--home", str(made.home)]) == 0
    (job,) = listed(made, capsys, "--all")
    assert (job["state"], job["tries"], job["reprinted_for"]) == ("printed", 2, ["spoiled"])
    assert printed(made) == ["card-00aa"]


def card_command(made: MadeStation, *options: str) -> int:
    return main(["card", *options, "--home", str(made.home)])


def test_a_card_on_every_layout_and_a_specimen_that_issues_nothing(
    made: MadeStation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert card_command(made, "--layout", "list") == 0
    names = capsys.readouterr().out.split()
    assert {"member-card", "member-card-back", "label-62mm", "event-badge-a6", "member-card-a4"} <= set(names)
    out = tmp_path / "card.pdf"
    for name in names:
        assert card_command(made, MEMBERS[3].number, "--layout", name, "--preview", "--out", str(out)) == 0
        assert out.read_bytes().startswith(b"%PDF")
    assert standing_cards(made) == []
    assert card_command(made, MEMBERS[3].number, "--layout", "label-62mm", "--out", str(out)) == 0
    assert len(standing_cards(made)) == 1
    assert card_command(made, "--layout", "label-62mm") == 2


def test_a_mistake_in_a_layout_of_ones_own_is_named(
    made: MadeStation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = made.home / "layouts"
    own.mkdir()
    (own / "member-card.toml").write_text("width_mm = 85\nheight_mm = 54\n[[text]]\nsize = 3\n", encoding="utf-8")
    assert card_command(made, MEMBERS[0].number, "--out", str(tmp_path / "card.pdf")) == 3
    assert "member-card, text 1: " in capsys.readouterr().err
    assert standing_cards(made) == []
