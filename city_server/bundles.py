"""The exchange with stations by a file on a stick, on the city's side."""

from dataclasses import dataclass
from pathlib import Path

from city_server.card_statuses import publish_card_statuses
from city_server.certifying import CITY_NUMBER
from city_server.city import City
from city_server.devices import note_seen, renew_if_due, scope_of
from city_server.enrolling import answer_to, redeem
from city_server.errors import CityError
from city_server.exchange_store import CityExchangeStore
from db.values import Receipt, Writer
from station_core.credential.certificate import Role, read_certificate
from station_core.ids import WriterId
from station_core.keys import writer_id
from sync.bundle.read import Taken, check_bundle, take_bundle
from sync.bundle.request import knows, read_request
from sync.bundle.write import Outgoing, Written, bundle_name, write_bundle
from sync.code import fingerprint
from sync.errors import SyncError, Trouble
from sync.messages import EnrolAnswer


@dataclass(frozen=True, slots=True)
class Imported:
    """`sender` as the city knows it."""

    taken: Taken
    sender: Writer


def export_to_station(city: City, number: int, to: Path, *, everything: bool = False) -> Written:
    """What the station with that number lacks, by what is known of it, in the file or folder `to`.

    A revoked station gets the receipt of what it handed in, the reason, and nothing else.
    Raises CityError(no_station), SyncError(FILE_UNWRITABLE).
    """
    return _export(city, _station(city, number), to, everything=everything)


def answer_request(city: City, request: Path, to: Path) -> tuple[Writer, Written]:
    """Certify the station whose `request` that is, and write its certificate with all that it may hold into `to`.

    Asked again with the same request it gives the same certificate. Raises SyncError: those of reading a request,
    CODE_UNKNOWN, CODE_USED, CODE_EXPIRED, FILE_UNWRITABLE.
    """
    asked = read_request(request, fingerprint(city.store.root_key))
    with city.store.reading() as view:
        digests = [one.code_digest for one in view.enrolments.all() if knows(asked, one.code_digest)]
    if not digests:
        raise SyncError(Trouble.CODE_UNKNOWN)
    certificate = redeem(city.home, city.store, digests[0], asked.public_key)
    station = _known(city, writer_id(asked.public_key))
    answer = answer_to(city.home, certificate)
    return station, _export(city, station, to, everything=True, enrolled=answer)


def import_bundle(city: City, path: Path) -> Imported:
    """Take a station's file in, and note what the station holds. Raises SyncError as `check_bundle` does."""
    root_key, store = city.store.root_key, CityExchangeStore(city.store)
    checked = check_bundle(path, city.home.key, lambda _header: root_key)
    taken = take_bundle(checked, store, city.home.key)
    sender = checked.sender.writer
    receipt = Receipt(checked.header.made_ms, taken.proven.heads, taken.proven.open)
    with city.store.writing() as tx:
        newest = tx.local.note_receipt(sender.hex(), receipt, city.store.now_ms())
    if newest:
        note_seen(city, sender, checked.header.heads.get(bytes(sender), (None,))[0])
    return Imported(taken, _known(city, sender))


def _export(city: City, station: Writer, to: Path, *, everything: bool, enrolled: EnrolAnswer | None = None) -> Written:
    if station.revoked_since is not None:
        outgoing = _receipt_only(city, station)
    else:
        renew_if_due(city, station)
        publish_card_statuses(city)
        outgoing = _all_it_lacks(city, station, everything, enrolled)
    name = bundle_name(CITY_NUMBER, station.number or 0, city.store.now_ms())
    target = to / name if to.is_dir() else to
    return write_bundle(target, CityExchangeStore(city.store), city.home.key, outgoing)


def _all_it_lacks(city: City, station: Writer, everything: bool, enrolled: EnrolAnswer | None) -> Outgoing:
    scope = scope_of(city, station)
    with city.store.reading() as view:
        known = {} if everything else view.local.peer_heads(station.id.hex())
    return Outgoing(
        _own_certificate(city),
        _public_key(city, station),
        known,
        first=scope.city_writers,
        scope=scope.__contains__,
        enrolled=enrolled,
    )


def _receipt_only(city: City, station: Writer) -> Outgoing:
    return Outgoing(
        _own_certificate(city),
        _public_key(city, station),
        {station.id: station.last_seq},
        first=(),
        scope=lambda writer: writer == station.id,
        revoked=station.revoked_reason or "",
    )


def _own_certificate(city: City) -> bytes:
    own = _known(city, city.store.own)
    if own.certificate is None:
        raise CityError("damaged_home", file=str(city.home.folder))
    return own.certificate


def _public_key(city: City, station: Writer) -> bytes:
    if station.certificate is None:
        raise SyncError(Trouble.NOT_ENROLLED)
    return read_certificate(station.certificate, city.store.root_key).public_key


def _known(city: City, writer: WriterId) -> Writer:
    with city.store.reading() as view:
        known = view.writers.get(writer)
    if known is None:
        raise SyncError(Trouble.NOT_ENROLLED)
    return known


def _station(city: City, number: int) -> Writer:
    """Of several devices with one number (a device that was replaced) the last certified."""
    with city.store.reading() as view:
        found = [one for one in view.writers.all() if one.number == number and one.role not in (None, Role.CITY)]
    if not found:
        raise CityError("no_station", number=number)
    return max(found, key=lambda one: (one.revoked_since is None, one.valid_from_ms or 0))
