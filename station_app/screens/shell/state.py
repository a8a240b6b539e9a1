"""What the window around the pages shows."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from station_app.words import Name, Phrase


class Page(StrEnum):
    """The pages in the order in which the navigation lists them. Icons and texts go by the same words."""

    COUNTER = "counter"
    REGISTRATION = "registration"
    MEMBERS = "members"
    EVENT = "event"
    SYNC = "sync"
    SETTINGS = "settings"


class Exchange(StrEnum):
    """How the exchange with the city stands.

    Having no network is ordinary at a pop-up station and no fault.
    """

    IDLE = "idle"
    RUNNING = "running"
    NO_NETWORK = "no_network"
    FAILED = "failed"


class Device(StrEnum):
    READY = "ready"
    BUSY = "busy"
    MISSING = "missing"
    OFF = "off"
    PAUSED = "paused"
    """Of scanning alone: codes are not heeded just now, and will be again by themselves."""


class ScannerKind(StrEnum):
    """What reads codes."""

    CAMERA = "camera"
    PORT = "port"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class ExchangeState:
    status: Exchange = Exchange.IDLE
    waiting: int = 0
    """Records that the city has not acknowledged yet."""
    last_success: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something went well or is worth knowing."""

    what: Phrase


@dataclass(frozen=True, slots=True)
class Trouble:
    """A known failure of the surroundings, with what to do about it."""

    what: Phrase
    remedy: Phrase


@dataclass(frozen=True, slots=True)
class Apology:
    """A mistake of the program. `reference` finds it in the log and names nobody."""

    reference: str


Message = Notice | Trouble | Apology


@dataclass(frozen=True, slots=True)
class ShellState:
    station_name: str
    event: Name | None = None
    operator_name: str = ""
    page: Page = Page.COUNTER
    exchange: ExchangeState = field(default_factory=ExchangeState)
    scanner: Device = Device.OFF
    scanners: tuple[ScannerKind, ...] = ()
    """Which of them are ready, or missing."""
    printer: Device = Device.OFF
    message: Message | None = None
