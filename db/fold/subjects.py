"""Whom a stored entry is about: what its ``subject`` column says."""

from station_core.journal.entry import Entry
from station_core.records.base import MalformedRecord, Record, decode_body
from station_core.records.erasure import ABOUT_ONE_PERSON, Subject, subject_of


def subject_of_entry(entry: Entry, record: Record | None = None) -> Subject | None:
    """Whether the entry counts or not. `record` is what it says, where that was read already."""
    if record is not None:
        return subject_of(record)
    if entry.body is None or entry.kind not in ABOUT_ONE_PERSON:
        return None
    try:
        return subject_of(decode_body(ABOUT_ONE_PERSON[entry.kind], entry.body))
    except MalformedRecord:
        return None
