"""What time it is here."""

import time
from datetime import date, datetime


def now_ms() -> int:
    """Milliseconds since 1970 (UTC) by this computer's clock."""
    return time.time_ns() // 1_000_000


def local_day(at_ms: int) -> date:
    """The local date at `at_ms`."""
    return datetime.fromtimestamp(at_ms / 1_000).astimezone().date()


def local_time(at_ms: int) -> datetime:
    """The local time at `at_ms`, with its zone."""
    return datetime.fromtimestamp(at_ms / 1_000).astimezone()
