"""The folder of jobs."""

import os
from pathlib import Path
from typing import Protocol

import msgspec

from printing.printers.system import JobState, PrintingProblem, Reason
from printing.spool.job import SpooledJob

KEPT_MS = 30 * 24 * 3600 * 1000
"""How long what is settled can be looked up: how often a card was printed, and why again."""
_SUFFIX = ".job"


class Unreadable(ValueError):
    """Sealed with another key, or damaged."""


class SealedBox(Protocol):
    """Keeps what lies on disk from other eyes. Whoever has the station's key makes it."""

    def seal(self, content: bytes) -> bytes: ...

    def open(self, sealed: bytes) -> bytes:
        """Raises Unreadable."""


class Spool:
    """Of one station. Every change is on disk before its call returns, and a file is always whole."""

    def __init__(self, folder: Path, box: SealedBox) -> None:
        self._folder, self._box = folder, box

    def put(self, job: SpooledJob) -> SpooledJob:
        """Raises PrintingProblem where the folder cannot be written."""
        sealed = self._box.seal(msgspec.msgpack.encode(job))
        target = self._file(job.id)
        part = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(sealed)
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
            _sync_names(self._folder)
        except OSError as error:
            raise PrintingProblem(Reason.FOLDER_NOT_WRITABLE, error.strerror or type(error).__name__) from error
        return job

    def get(self, job_id: str) -> SpooledJob | None:
        """None for what is not there, or cannot be read: a job of another key is nobody's here."""
        try:
            return self._read(self._file(job_id))
        except (OSError, Unreadable):
            return None

    def all(self) -> tuple[SpooledJob, ...]:
        """The oldest first."""
        found = (self.get(file.stem) for file in self._folder.glob(f"*{_SUFFIX}"))
        return tuple(sorted((job for job in found if job is not None), key=lambda job: (job.at_ms, job.id)))

    def open_with_title(self, title: str) -> SpooledJob | None:
        """The latest job of that title that nobody has settled: printing it again is another try of the same."""
        return next((job for job in reversed(self.all()) if job.title == title and not job.settled), None)

    def forget_old(self, now_ms: int) -> None:
        """What is settled is kept for 30 days."""
        for job in self.all():
            if job.settled and job.at_ms < now_ms - KEPT_MS:
                self._file(job.id).unlink(missing_ok=True)

    def take_stock(self) -> tuple[SpooledJob, ...]:
        """After a start: the jobs that a print system has and that are to be watched again.

        What was just being handed over when the station stopped is unknown from now on. What had not been handed
        over stays queued; neither goes to a printer without a person's word.
        """
        watched = []
        for job in self.all():
            if job.settled or job.state not in (JobState.SENT, JobState.PRINTING):
                continue
            if job.system_job:
                watched.append(job)
            else:
                self.put(msgspec.structs.replace(job, state=JobState.UNKNOWN, reason=Reason.STATION_STOPPED))
        return tuple(watched)

    def _file(self, job_id: str) -> Path:
        return self._folder / f"{job_id}{_SUFFIX}"

    def _read(self, file: Path) -> SpooledJob:
        try:
            return msgspec.msgpack.decode(self._box.open(file.read_bytes()), type=SpooledJob)
        except msgspec.DecodeError as error:
            raise Unreadable(file.name) from error


def _sync_names(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
