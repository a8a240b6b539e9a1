"""What was done to histories, counted by kind."""

from collections import Counter
from enum import StrEnum


class Fault(StrEnum):
    """One kind of trouble. The value is what people read."""

    CUT = "link cut before the request"
    ANSWER_LOST = "answer lost after the server committed"
    DUPLICATED = "request delivered twice"
    LATE = "request delivered late and out of order"
    REQUEST_TRUNCATED = "request truncated"
    ANSWER_TRUNCATED = "answer truncated"
    REQUEST_CORRUPTED = "request corrupted"
    ANSWER_CORRUPTED = "answer corrupted"
    BROKEN_OFF = "exchange broken off between two requests"
    KILLED = "process killed at a statement"
    POWER_CUT = "power cut at a statement"
    DIED_AFTER_COMMIT = "process ended after the commit, before the answer"
    SIGKILL_STATION = "station process killed by SIGKILL"
    SIGKILL_HUB = "hub process killed by SIGKILL"
    SIGKILL_CITY = "city process killed by SIGKILL"
    DISK_FULL = "disk full"
    CLOCK = "clock jumped"
    CLONED = "store cloned"
    RESTORED = "backup restored"
    REVOKED = "station revoked"
    STICK = "file from a stick, twice or out of order"
    STICK_DAMAGED = "file from a stick, truncated or a bit turned"
    STICK_MISLAID = "file from a stick, given to somebody else"
    HUB_ENDED = "hub ended, by hand or with its process"
    TWO_HUBS = "two hubs at one event"
    ERASED = "person erased"


Tally = Counter[Fault]
