"""The jobs of one station."""

from pathlib import Path

import msgspec

from printing.printers.system import JobState, Reason
from printing.spool.job import SpooledJob
from printing.spool.sealed_files import SealedBox, SealedFiles

KEPT_MS = 30 * 24 * 3600 * 1000
"""How long what is settled can be looked up: how often a card was printed, and why again."""


class Spool:
    """Every change is on disk before its call returns, and a file is always whole."""

    def __init__(self, folder: Path, box: SealedBox) -> None:
        self._files = SealedFiles(folder, box, "job", SpooledJob)

    def put(self, job: SpooledJob) -> SpooledJob:
        """Raises PrintingProblem where the folder cannot be written."""
        self._files.put(job.id, job)
        return job

    def get(self, job_id: str) -> SpooledJob | None:
        return self._files.get(job_id)

    def all(self) -> tuple[SpooledJob, ...]:
        """The oldest first."""
        return tuple(sorted(self._files.all(), key=lambda job: (job.at_ms, job.id)))

    def open_with_title(self, title: str) -> SpooledJob | None:
        """The latest job of that title that nobody has settled: printing it again is another try of the same."""
        return next((job for job in reversed(self.all()) if job.title == title and not job.settled), None)

    def forget_old(self, now_ms: int) -> None:
        """What is settled is kept for 30 days."""
        for job in self.all():
            if job.settled and job.at_ms < now_ms - KEPT_MS:
                self._files.remove(job.id)

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

    def of_batch(self, batch: str) -> dict[int, SpooledJob]:
        """The jobs of a batch, by their place in it."""
        return {job.place: job for job in self.all() if job.batch == batch}
