"""Looking a kiosk over: each finding names a thing, its state and what to do (texts
``doctor.<what>.name`` and ``doctor.<what>.<state>``)."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from db.errors import StoreError
from resources.texts import Language, say
from station_app.home.errors import HomeError
from station_app.station.backup import last_backup
from station_app.station.exchange import exchange_status
from station_app.station.notices import clock_of, copies_of, lease_of, revocation_of
from station_app.station.station import Station

LEAST_FREE_BYTES = 1_000_000_000
OLD_BACKUP_MS = 3 * 24 * 60 * 60 * 1000
OK = "ok"


@dataclass(frozen=True, slots=True)
class Finding:
    """No personal data in it."""

    what: str
    state: str = OK
    params: dict[str, object] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        return self.state == OK

    def in_words(self, language: Language) -> str:
        """One line: what it is about, how it is, and what to do."""
        words = say(language, f"doctor.{self.what}.{self.state}", **self.params)
        return say(language, "doctor.line", what=say(language, f"doctor.{self.what}.name"), words=words)


def examine(home: Path) -> list[Finding]:
    """Everything, with the device's own way into the store."""
    return [*examine_computer(home), *_examine_closed(home)]


def examine_computer(home: Path) -> list[Finding]:
    """What can be looked at without the store. Asks printers: may take seconds."""
    return [_disk(home), *_engines(), *_fonts(), *_printers(home)]


def examine_station(station: Station) -> list[Finding]:
    """An open station: its store, certificate, clock and exchange. On the thread that owns the store."""
    return [Finding("station", OK, {"label": station.facts.label}), *_store(station)]


def _disk(home: Path) -> Finding:
    folder = next(parent for parent in (home, *home.absolute().parents) if parent.is_dir())
    free = shutil.disk_usage(folder).free
    return Finding("disk", OK if free >= LEAST_FREE_BYTES else "full", {"free_mb": free // 1_000_000})


def _engines() -> Iterator[Finding]:
    from station_app.scanning.decoder import Decoder

    missing = Decoder().missing_engines
    yield Finding("engines", "missing" if missing else OK, {"name": ", ".join(problem.name for problem in missing)})


def _fonts() -> Iterator[Finding]:
    from resources import path

    missing = [name for name in ("NotoSansSC-Regular.ttf", "HanaMinB.ttf") if not path("fonts", name).is_file()]
    yield Finding("fonts", "missing" if missing else OK, {"name": ", ".join(missing)})


def _printers(home: Path) -> Iterator[Finding]:
    from printing.printers import printers_of_this_machine

    found = printers_of_this_machine(home / "cards", home / "spool").discover()
    real = [printer for printer in found.printers if printer.system != "folder"]
    yield Finding("printer", OK if real else "none", {"number": len(real)})


def _examine_closed(home: Path) -> list[Finding]:
    try:
        station = Station.open(home)
    except HomeError as error:
        return [Finding("station", error.code, dict(error.params))]
    except StoreError as error:
        return [Finding("store", error.code)]
    try:
        return examine_station(station)
    finally:
        station.close()


def _store(station: Station) -> Iterator[Finding]:
    with station.store.reading() as view:
        faults = view.journals.faults(station.store.own)
        own = view.writers.get(station.store.own)
    yield Finding("store", "journal" if faults else OK, {"faults": len(faults)})
    if own is not None and own.valid_until_ms is not None:
        expired = own.valid_until_ms <= station.now_ms()
        revoked = revocation_of(station) is not None
        yield Finding("certificate", "revoked" if revoked else "expired" if expired else OK)
    clock = clock_of(station)
    yield Finding("clock") if clock is None else Finding("clock", clock.what.removeprefix("clock_"), clock.params)
    copies = copies_of(station)
    yield Finding("copies", OK if copies is None else copies.what.value)
    lease = lease_of(station)
    yield Finding("lease") if lease is None else Finding("lease", "ends", lease.params)
    yield _backup(station)
    status = exchange_status(station.store)
    state = OK if status.peer.error is None else "failed"
    yield Finding("exchange", state, {"waiting": status.waiting_entries, "error": status.peer.error or ""})


def _backup(station: Station) -> Finding:
    last = last_backup(station.home)
    if last is None:
        return Finding("backup", "none")
    old = station.now_ms() - last.at.timestamp() * 1_000 > OLD_BACKUP_MS
    return Finding("backup", "old" if old else OK, {"at": f"{last.at:%Y-%m-%d %H:%M}"})
