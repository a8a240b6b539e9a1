"""The devices that ask: who they are, what they may see, and when they were last heard of."""

from dataclasses import dataclass

from city_server.certifying import CITY_NUMBER, DAY_MS, RENEW_BEFORE_DAYS, station_certificate
from city_server.city import City
from city_server.errors import CityError
from db.errors import StoreBusy
from db.lending import answer_wants
from db.queries.devices import Seen
from db.values import Writer
from db.view import View
from station_core.credential.certificate import Role, read_certificate
from station_core.ids import WriterId
from station_core.records.trust import WriterCertified
from sync.errors import SyncError, Trouble
from sync.token import Verified, check_token

NOTED_EVERY_MS = 10_000


@dataclass(frozen=True, slots=True)
class Device:
    """A device whose token was good. `verified` knows which body it signed."""

    writer: Writer
    verified: Verified

    @property
    def number(self) -> int | None:
        return self.writer.number

    @property
    def is_revoked(self) -> bool:
        return self.writer.revoked_since is not None


def recognise(city: City, token: str, purpose: str) -> Device:
    """Whose token it is. Raises SyncError: REFUSED, NOT_ENROLLED, OTHER_CITY, CLOCK_OFF."""
    with city.store.reading() as view:
        verified = check_token(token, view.writers.public_key, city.home.about.id, purpose, city.store.now_ms())
        writer = view.writers.get(verified.writer)
    if writer is None or writer.certificate is None:
        raise SyncError(Trouble.NOT_ENROLLED)
    return Device(writer, verified)


def station_numbered(view: View, number: int) -> Writer:
    """The station with that number. Raises CityError(no_station)."""
    for writer in view.writers.all():
        if writer.number == number and writer.role is not Role.CITY:
            return writer
    raise CityError("no_station", number=number)


def refuse_revoked(device: Device) -> None:
    """Raises SyncError(REVOKED): what others wrote is not for a device that is out of service."""
    if device.is_revoked:
        raise SyncError(Trouble.REVOKED, reason=device.writer.revoked_reason or "")


@dataclass(frozen=True, slots=True)
class Scope:
    """The journals that a device may fetch: the city's, and those of its own city-level district (GB/T 2260)."""

    city_writers: tuple[WriterId, ...]
    all_writers: frozenset[WriterId]

    def __contains__(self, writer: WriterId) -> bool:
        return writer in self.all_writers


def scope_of(city: City, device: Writer) -> Scope:
    place = (device.district or "")[:4]
    with city.store.reading() as view:
        of_city, near = view.writers.certified_for(place)
    return Scope(tuple(of_city), frozenset(near))


def renew_if_due(city: City, writer: Writer) -> None:
    """Give the device a new certificate, which travels with the city's journal, when its own comes near its end."""
    now_ms = city.store.now_ms()
    if (writer.valid_until_ms or 0) - now_ms > RENEW_BEFORE_DAYS * DAY_MS:
        return
    if writer.certificate is None or writer.number in (None, CITY_NUMBER):
        return
    old = read_certificate(writer.certificate, city.store.root_key)
    renewed = station_certificate(city.home, old.public_key, old.label, old.district, old.writer_number, now_ms)
    with city.store.writing() as tx:
        tx.append(WriterCertified(certificate=renewed))


def lend_stock(city: City, device: Device) -> None:
    """Lend the device what it asked for of events' stocks; it fetches that with what it asks for now.

    At a busy moment nothing is lent: the next request brings it.
    """
    try:
        answer_wants(city.store, device.writer.id)
    except StoreBusy:
        return


def note_seen(city: City, writer: WriterId, said_seq: int | None) -> None:
    """Note that the device was heard of just now, and how much it holds back, given where it says its journal ends.

    A note that comes at a busy moment is left out: the next request brings it.
    """
    with city.store.reading() as view:
        known = view.writers.get(writer)
        before = view.devices.get(writer)
    waiting = None if said_seq is None else max(0, said_seq - (known.last_seq if known else 0))
    seen = Seen(writer, city.store.now_ms(), waiting)
    if before is not None and before.waiting == waiting and seen.seen_ms - before.seen_ms < NOTED_EVERY_MS:
        return
    try:
        with city.store.noting() as notes:
            notes.note(seen)
    except StoreBusy:
        return
