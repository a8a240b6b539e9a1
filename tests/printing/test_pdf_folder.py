"""The folder that is always there, beside a print system that is not."""

from pathlib import Path

import pytest

from printing.printers import (
    Cups,
    Document,
    Job,
    JobReport,
    JobState,
    Medium,
    PdfFolder,
    Printer,
    Printers,
    PrintingProblem,
    Reason,
    printers_of_this_machine,
)
from resources.texts import Language

DOCUMENT = Document(b"%PDF-1.4 card", "card 2026-11-24", Medium(85.6, 53.98))
NOBODY_LISTENS = "127.0.0.1:1"


def test_a_document_is_kept_whole_and_nothing_is_overwritten(tmp_path: Path) -> None:
    folder = PdfFolder(tmp_path / "new" / "prints")
    first, second = (folder.submit("pdf", DOCUMENT) for _ in range(2))
    assert first.job_id != second.job_id
    assert folder.path_of(second).read_bytes() == DOCUMENT.pdf
    assert sorted(file.name for file in (tmp_path / "new" / "prints").iterdir()) == sorted(
        [first.job_id, second.job_id]
    )
    assert folder.state(first) == JobReport(JobState.PRINTED, Reason.SAVED_AS_FILE)
    folder.path_of(first).unlink()
    assert folder.state(first) == JobReport(JobState.UNKNOWN, Reason.FILE_GONE)


@pytest.mark.parametrize("title", ["../../etc/passwd", "a/b\\c:d", " .. ", "", "\x00\n"])
def test_a_title_never_leads_out_of_the_folder(tmp_path: Path, title: str) -> None:
    folder = PdfFolder(tmp_path / "prints")
    job = folder.submit("pdf", Document(b"%PDF", title, DOCUMENT.medium))
    assert folder.path_of(job).resolve().parent == (tmp_path / "prints").resolve()
    assert folder.path_of(job).suffix == ".pdf"


def test_a_folder_that_cannot_be_made_is_a_known_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PrintingProblem) as problem:
        PdfFolder(tmp_path / "file" / "prints").submit("pdf", DOCUMENT)
    assert problem.value.reason is Reason.FOLDER_NOT_WRITABLE
    assert "文件夹" in problem.value.in_words(Language.CHINESE)


def test_a_dead_print_system_is_named_beside_the_folder(tmp_path: Path) -> None:
    printers = Printers([Cups(NOBODY_LISTENS, timeout_s=5), PdfFolder(tmp_path)])
    found = printers.discover()
    assert [printer.system for printer in found.printers] == ["folder"]
    assert [problem.reason for problem in found.problems] == [Reason.SYSTEM_UNREACHABLE]
    job = printers.submit(found.printers[0], DOCUMENT)
    assert printers.state(job).state is JobState.PRINTED
    with pytest.raises(PrintingProblem):
        printers.submit(Printer("cups", "card", "card"), DOCUMENT)
    assert printers.state(Job("cups", "card", "card-1")).reason is Reason.SYSTEM_UNREACHABLE


def test_a_machine_without_the_tools_of_cups_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    found = printers_of_this_machine(tmp_path / "pdf", tmp_path / "spool").discover()
    assert [problem.reason for problem in found.problems] == [Reason.SYSTEM_MISSING]
    assert len(found.printers) == 1
