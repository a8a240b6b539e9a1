"""Inviting a station, and certifying the device that brings the invitation's code."""

from city_server.certifying import DAY_MS, station_certificate
from city_server.errors import CityError
from city_server.home import Home
from city_server.unions import city_code, unions_records
from db.queries.enrolments import Enrolment
from db.store import Store, Transaction
from station_core.ids import DistrictCode, WriterId
from station_core.keys import writer_id
from station_core.people.regions import divisions_of, region
from station_core.records.documents import UnionsPublished
from station_core.records.trust import WriterCertified
from sync.code import EnrolmentCode, new_code
from sync.errors import SyncError, Trouble
from sync.messages import EnrolAnswer

CODE_DAYS = 14
MAX_LABEL = 60


def invite(store: Store, label: str, district: str) -> tuple[EnrolmentCode, Enrolment]:
    """A fresh code for the station `label` in `district` (a county-level code of today).

    The first station of another city has the transit unions of that city published. Raises CityError:
    unknown_district, bad_label.
    """
    label = " ".join(label.split())
    if not 1 <= len(label) <= MAX_LABEL or not label.isprintable():
        raise CityError("bad_label", limit=MAX_LABEL)
    check_district(district)
    code = new_code(store.root_key)
    with store.writing() as tx:
        enrolment = tx.enrolments.invite(code.secret_digest, label, DistrictCode(district), store.now_ms())
        _publish_unions(tx, district)
    return code, enrolment


def check_district(code: str) -> None:
    """Raises CityError(unknown_district) unless `code` is a district of today, or a city without any."""
    found = region(code)
    if found is None or found.retired is not None or found.is_province or divisions_of(code):
        raise CityError("unknown_district", code=code)


def _publish_unions(tx: Transaction, district: str) -> None:
    if tx.documents.get(UnionsPublished, district) is None:
        held = {record.district for record in tx.documents.all(UnionsPublished)}
        records = unions_records(city_code(district))
        tx.append(*(one for one in records if isinstance(one, UnionsPublished) and one.district not in held))


def redeem(home: Home, store: Store, digest: bytes, public_key: bytes) -> bytes:
    """The certificate for `public_key`, whose holder knows the secret with that `digest` of a code.

    A code counts once; the device that used it gets the same certificate again, should the answer have been lost.
    Raises SyncError: CODE_UNKNOWN, CODE_USED, CODE_EXPIRED; REFUSED for the city's own keys.
    """
    writer = writer_id(public_key)
    if public_key in (home.key.public, home.root.public):
        raise SyncError(Trouble.REFUSED)
    with store.writing() as tx:
        enrolment = tx.enrolments.get(digest)
        if enrolment is None:
            raise SyncError(Trouble.CODE_UNKNOWN)
        if enrolment.writer is not None:
            return _again(tx, enrolment, writer)
        now_ms = store.now_ms()
        if now_ms > enrolment.made_ms + CODE_DAYS * DAY_MS:
            raise SyncError(Trouble.CODE_EXPIRED)
        if tx.writers.public_key(writer) is not None:  # one device has one number
            raise SyncError(Trouble.CODE_USED)
        certificate = station_certificate(
            home, public_key, enrolment.label, enrolment.district, enrolment.number, now_ms
        )
        tx.append(WriterCertified(certificate=certificate))
        tx.enrolments.note_used(digest, writer)
        return certificate


def _again(tx: Transaction, enrolment: Enrolment, writer: WriterId) -> bytes:
    known = tx.writers.get(writer)
    if enrolment.writer != writer or known is None or known.certificate is None:
        raise SyncError(Trouble.CODE_USED)
    return known.certificate


def answer_to(home: Home, certificate: bytes) -> EnrolAnswer:
    """What a station gets for its code."""
    about = home.about
    return EnrolAnswer(
        certificate=certificate,
        root_key=home.root.public,
        city_id=about.id,
        name=about.name,
        title=about.title,
    )
