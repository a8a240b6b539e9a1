"""What the settings show, already decided. Names of cameras, printers and people come from the system as they are."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from resources.texts import Language
from station_app.words import Phrase
from station_core.desk.pins import LEAST_PIN_DIGITS, MOST_PIN_DIGITS
from station_core.ids import OperatorId
from station_core.records.roles import Role


class Section(StrEnum):
    """The parts of the settings, in the order of the list."""

    LANGUAGE = "language"
    CAMERA = "camera"
    SCANNER = "scanner"
    PRINTER = "printer"
    LAYOUT = "layout"
    JOBS = "jobs"
    STAFF = "staff"
    STATION = "station"
    BACKUP = "backup"
    DIAGNOSTICS = "diagnostics"


@dataclass(frozen=True, slots=True)
class Device:
    """A camera, a printer or anything else of a list that can be picked."""

    device_id: str
    name: str


@dataclass(frozen=True, slots=True)
class CodeKind:
    """A kind of code that other systems' cards bear, by its key below ``settings.codes``."""

    kind: str
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class Dial:
    """A value in the driver's units that the camera may also choose by itself."""

    value: int
    is_automatic: bool = True


@dataclass(frozen=True, slots=True)
class Picturing:
    """How the camera takes pictures. What its driver does not take is not there."""

    is_mirrored: bool = False
    resolutions: tuple[Device, ...] = ()
    resolution: str | None = None
    """What the camera really gives; None where that is none of them."""
    exposure: Dial | None = None
    focus: Dial | None = None


@dataclass(frozen=True, slots=True)
class Cameras:
    found: tuple[Device, ...] = ()
    chosen: str | None = None
    picturing: Picturing = Picturing()
    codes: tuple[CodeKind, ...] = ()
    trouble: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Ports:
    """Serial ports that a scanner may be on; `chosen` is "" for none."""

    found: tuple[Device, ...] = ()
    chosen: str = ""
    trouble: Phrase | None = None


@dataclass(frozen=True, slots=True)
class ScannerTest:
    """`code` is what to scan, shown while it listens; `heard` what the scanner typed, `result` what that says of the
    scanner, `warning` what made it unreadable."""

    listening: bool = False
    code: str = ""
    heard: str = ""
    result: Phrase | None = None
    is_right: bool = False
    warning: Phrase | None = None


class PrintJob(StrEnum):
    NONE = "none"
    QUEUED = "queued"
    SENT = "sent"
    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Printers:
    found: tuple[Device, ...] = ()
    chosen: str | None = None
    test_page: PrintJob = PrintJob.NONE
    trouble: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Layouts:
    """What cards can be printed on; `picture` is a PNG of the chosen one, `own_file` the copy that was just made."""

    found: tuple[Device, ...] = ()
    chosen: str = ""
    picture: bytes | None = field(default=None, repr=False)
    own_file: str = ""
    trouble: Phrase | None = None


@dataclass(frozen=True, slots=True)
class JobRow:
    """A print job that is under way or asks. `not_sent`: nothing of it was given to a printer yet."""

    job_id: str
    name: str
    state: Phrase
    reason: Phrase | None = None
    asks: bool = False
    tries: int = 1
    not_sent: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Cards printed one after another. `asks`: it waits for an answer to one of the jobs."""

    name: str
    done: int
    whole: int
    left_out: int = 0
    running: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class PrintJobs:
    rows: tuple[JobRow, ...] = ()
    batch: Batch | None = None
    trouble: Phrase | None = None


@dataclass(frozen=True, slots=True)
class StaffRow:
    staff_id: OperatorId
    name: str
    role: Role
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class PinRule:
    """How many digits a PIN has; what the lock screen takes."""

    least: int = LEAST_PIN_DIGITS
    most: int = MOST_PIN_DIGITS


@dataclass(frozen=True, slots=True)
class NewStaff:
    name: str
    role: Role
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PinChange:
    """`old` is None where a supervisor sets a new PIN for somebody else."""

    staff_id: OperatorId
    old: str | None = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StationFacts:
    name: str
    district: str
    device_id: str
    version: str
    store: str
    members: int
    records: int


@dataclass(frozen=True, slots=True)
class Backup:
    last_at: datetime | None = None
    last_place: str = ""
    running: bool = False
    trouble: Phrase | None = None


class Health(StrEnum):
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the diagnostics: what was looked at, how it is, and what to do."""

    subject: Phrase
    health: Health
    detail: Phrase


@dataclass(frozen=True, slots=True)
class Diagnostics:
    running: bool = False
    at: datetime | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsState:
    station: StationFacts
    language: Language = Language.CHINESE
    cameras: Cameras = Cameras()
    scanner: ScannerTest = ScannerTest()
    ports: Ports = Ports()
    printers: Printers = Printers()
    layouts: Layouts = Layouts()
    print_jobs: PrintJobs = PrintJobs()
    staff: tuple[StaffRow, ...] = ()
    may_manage_staff: bool = False
    pin_rule: PinRule = PinRule()
    staff_trouble: Phrase | None = None
    backup: Backup = Backup()
    diagnostics: Diagnostics = Diagnostics()
