"""What the Windows spooler's status bits mean (winspool.h). Plain functions, so that every platform can test
them."""

from printing.printers.system import JobReport, JobState, Reason

_JOB_PAUSED, _JOB_ERROR, _JOB_DELETING, _JOB_PRINTING = 0x1, 0x2, 0x4, 0x10
_JOB_PRINTED, _JOB_DELETED, _JOB_COMPLETE = 0x80, 0x100, 0x1000

_JOB_REASONS = {
    0x20: Reason.PRINTER_OFFLINE,
    0x40: Reason.OUT_OF_MEDIA,
    0x200: Reason.PRINTER_STOPPED,
    0x400: Reason.PRINTER_STOPPED,
    _JOB_PAUSED: Reason.JOB_HELD,
    _JOB_ERROR: Reason.OTHER,
}
_PRINTER_REASONS = {
    0x10: Reason.OUT_OF_MEDIA,
    0x8: Reason.JAM,
    0x400000: Reason.COVER_OPEN,
    0x40000: Reason.OUT_OF_INK,
    0x80: Reason.PRINTER_OFFLINE,
    0x1000: Reason.PRINTER_OFFLINE,
    0x1: Reason.PRINTER_STOPPED,
    0x2: Reason.OTHER,
}
_WORK_OFFLINE_ATTRIBUTE = 0x400


def job_report(status: int, detail: str = "") -> JobReport:
    """From JOB_INFO_1.Status. JOB_STATUS_COMPLETE says only that the printer has the data, so it is not yet
    printed."""
    if status & (_JOB_DELETING | _JOB_DELETED):
        return JobReport(JobState.FAILED, Reason.JOB_CANCELLED, detail)
    reason = next((reason for bit, reason in _JOB_REASONS.items() if status & bit), None)
    if reason:
        return JobReport(JobState.SENT, reason, detail)
    if status & _JOB_PRINTED:
        return JobReport(JobState.PRINTED, None, detail)
    working = status & (_JOB_PRINTING | _JOB_COMPLETE)
    return JobReport(JobState.PRINTING if working else JobState.SENT, None, detail)


def printer_reasons(status: int, attributes: int) -> tuple[Reason, ...]:
    """From PRINTER_INFO_2.Status and .Attributes."""
    reasons = [reason for bit, reason in _PRINTER_REASONS.items() if status & bit]
    if attributes & _WORK_OFFLINE_ATTRIBUTE:
        reasons.append(Reason.PRINTER_OFFLINE)
    return tuple(dict.fromkeys(reasons))
