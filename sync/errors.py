"""What can be wrong with an exchange, as codes that both sides, the window and the texts know."""

import copyreg
from collections.abc import Mapping
from enum import StrEnum


class Trouble(StrEnum):
    """Why an exchange or an enrolment did not go through.

    Wordings: ``sync_errors.what.<code>`` says what happened, ``sync_errors.do.<code>`` what a person can do about it.
    """

    BAD_ADDRESS = "bad_address"
    INSECURE = "insecure"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    TLS = "tls"
    NOT_A_CITY = "not_a_city"
    TOO_OLD = "too_old"
    GARBLED = "garbled"
    TOO_LARGE = "too_large"
    WRONG_MEDIA_TYPE = "wrong_media_type"
    REFUSED = "refused"
    NOT_ENROLLED = "not_enrolled"
    OTHER_CITY = "other_city"
    CLOCK_OFF = "clock_off"
    REVOKED = "revoked"
    EXPIRED = "expired"
    BUSY = "busy"
    CITY_FAILED = "city_failed"
    STOPPED = "stopped"
    BAD_CODE = "bad_code"
    CODE_UNKNOWN = "code_unknown"
    CODE_USED = "code_used"
    CODE_EXPIRED = "code_expired"
    WRONG_CITY_KEY = "wrong_city_key"
    WRONG_FINGERPRINT = "wrong_fingerprint"
    HUB_UNPROVEN = "hub_unproven"
    HUB_REVOKED = "hub_revoked"
    CANNOT_SERVE = "cannot_serve"
    NO_ADDRESS = "no_address"
    NO_CITY_KEY = "no_city_key"
    FILE_NOT_OURS = "file_not_ours"
    FILE_NOT_FOR_US = "file_not_for_us"
    FILE_DAMAGED = "file_damaged"
    FILE_STRANGER = "file_stranger"
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNWRITABLE = "file_unwritable"
    NO_REQUEST = "no_request"


NOTHING_REACHED = frozenset(
    {Trouble.NO_ADDRESS, Trouble.BAD_ADDRESS, Trouble.INSECURE, Trouble.UNREACHABLE, Trouble.TLS}
)
"""After these another request to the same address would end the same way."""


class SyncError(Exception):
    """A known trouble. `params` fill its wordings, ``minutes`` for CLOCK_OFF and ``reason`` for REVOKED."""

    def __init__(self, code: Trouble, **params: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.params: Mapping[str, str | int] = params

    def __reduce__(self) -> tuple[object, ...]:
        """Another process gets the same error with all that it knows, not one made of its text."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class ClockOff(SyncError):
    """The other side's clock is `offset_ms` ahead of ours (negative: behind), more than a token bears."""

    def __init__(self, offset_ms: int) -> None:
        super().__init__(Trouble.CLOCK_OFF, minutes=max(1, round(abs(offset_ms) / 60_000)))
        self.offset_ms = offset_ms


class Busy(SyncError):
    """The other side has too much to do, and asks to be asked again after `retry_after_s`."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(Trouble.BUSY)
        self.retry_after_s = retry_after_s
