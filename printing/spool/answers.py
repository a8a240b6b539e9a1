"""What a person says of a job that asks."""

from contextlib import suppress

from printing.printers import Printers, PrintingProblem
from printing.spool.job import SpooledJob
from printing.spool.spool import Spool


def came_out(spool: Spool, job_id: str) -> SpooledJob | None:
    """It is in somebody's hand: nothing more is printed of it. None where no such job asks.

    What the print system said stays as it was, so that the list does not claim what only a person saw.
    """
    return _settle(spool, job_id)


def give_up(spool: Spool, printers: Printers, job_id: str) -> SpooledJob | None:
    """It is not wanted any more, and shall not come out later either."""
    job = spool.get(job_id)
    if job is not None and job.asks and job.job is not None:
        with suppress(PrintingProblem):
            printers.cancel(job.job)
    return _settle(spool, job_id)


def _settle(spool: Spool, job_id: str) -> SpooledJob | None:
    job = spool.get(job_id)
    return spool.put(job.closed()) if job is not None and job.asks else None
