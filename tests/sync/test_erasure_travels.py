"""A person is erased in the city, and is gone at every station once it has exchanged; everything else stands."""

from pathlib import Path

import pytest
from support.cities import RunningCity, Station
from support.worlds import DAY, STAFF, given, member_no, person_id, registered, tables

from city_server.disclosing import disclose
from city_server.erasing import erase_member
from city_server.errors import CityError
from db.store import Store
from db.values import Counts
from station_core.ids import CardId, MemberNo, PersonId, ServiceCode
from station_core.journal.batch import decode_batch, encode_batch
from station_core.records.cards import CardIssued, RevocationReason
from station_core.records.people import PeopleImported, PersonChanged, PersonFields
from station_core.records.services import ServiceGiven

NAME, ID_NUMBER, PHONE = "单于青禾", "110101199001010029", "13912345678"
OTHER_ID = "11010119900101001X"
PHOTO = b"a photograph of somebody, kept as bytes"
ANSWER = "an answer about a shoulder"
TRACES = [NAME, ID_NUMBER, PHONE, ANSWER, PHOTO.decode(), ID_NUMBER[::-1], "yuqinghe"]
CARD = CardId(b"12345678")


def known_everywhere(city: RunningCity) -> tuple[Station, Station, PersonId]:
    """Somebody in a roster of the city's, served at one station and changed at another."""
    one, other = city.station("一号车"), city.station("二号车")
    person, colleague = person_id(), person_id()
    with city.city.store.writing() as tx:
        tx.append(
            PeopleImported(
                columns=("member_no", "name", "id_number", "phone"),
                people=(person, colleague),
                rows=((member_no(7), NAME, ID_NUMBER, PHONE), (member_no(8), "王秀兰", OTHER_ID, "13800000001")),
            )
        )
    one.exchange()
    one.write(
        answered(person),
        given(colleague),
        CardIssued(card=CARD, person=person, issued_on=DAY, expires_on=DAY, operator=STAFF),
        registered(person_id(), name=NAME, id_number=ID_NUMBER),
    )
    other.write(PersonChanged(person=person, fields=PersonFields(photo=PHOTO), operator=STAFF), by_number())
    for station in (one, other, one):
        assert station.exchange().error is None
    return one, other, person


def answered(person: PersonId | None, number: MemberNo | None = None) -> ServiceGiven:
    return ServiceGiven(
        id=given(None).id,
        service=ServiceCode("liudong.checkup"),
        on=DAY,
        operator=STAFF,
        person=person,
        member_no=number,
        quantity=2,
        answers={"shoulder": ANSWER},
    )


def by_number() -> ServiceGiven:
    return answered(None, MemberNo(member_no(7)))


def counts(store: Store) -> Counts:
    with store.reading() as view:
        assert not [fault for writer in view.journals.heads() for fault in view.journals.faults(writer)]
        return view.overview.counts()


def traces(store: Store) -> list[str]:
    """What of the person can be found in any table, the journals' included."""
    content = repr(tables(store))
    found = [trace for trace in TRACES if trace in content or repr(trace.encode())[2:-1] in content]
    with store.reading() as view:
        found += [text for text in (NAME, "chanyu", ID_NUMBER[-6:], PHONE[-4:]) if view.people.search(text)]
    return found


def test_somebody_erased_in_the_city_is_gone_at_both_stations(city: RunningCity) -> None:
    one, other, person = known_everywhere(city)
    stores = (city.city.store, one.store, other.store)
    before = counts(city.city.store)
    assert all(len(traces(store)) > 5 for store in stores)
    erased = erase_member(city.city.store, ID_NUMBER, "asked for")
    assert (erased.records, erased.rosters) == (5, 1)
    for station in (one, other):
        assert station.exchange().error is None
    assert [traces(store) for store in stores] == [[], [], []]
    assert tables(one.store) == tables(other.store) == tables(city.city.store)
    after = counts(city.city.store)
    assert (after.people, after.services, after.cards) == (before.people - 1, before.services, before.cards)
    # The third new entry is the city's list of cards that hold no more.
    assert (after.cards_revoked, after.entries) == (before.cards_revoked + 1, before.entries + 3)
    for store in stores:
        assert counts(store) == after
        with store.reading() as view:
            assert view.cards.revocation(CARD) == RevocationReason.LEFT
            assert [who.name for who in view.people.with_id_number(OTHER_ID)] == ["王秀兰"]
            assert sum(view.services.totals().values()) == 5
            assert view.people.get(person) is None
        before_rebuild = tables(store)
        with store.writing() as tx:
            tx.rebuild()
        assert tables(store) == before_rebuild


def test_what_a_station_writes_before_it_hears_of_it_arrives_redacted(city: RunningCity) -> None:
    one, other, person = known_everywhere(city)
    erase_member(city.city.store, ID_NUMBER, "asked for")
    one.write(
        answered(person), by_number(), PersonChanged(person=person, fields=PersonFields(name=NAME), operator=STAFF)
    )
    late = CardId(b"late one")
    one.write(CardIssued(card=late, person=person, issued_on=DAY, expires_on=DAY, operator=STAFF))
    for station in (one, other, one):
        assert station.exchange().error is None
    for store in (city.city.store, one.store, other.store):
        assert traces(store) == []
        assert counts(store).services == 5
        with store.reading() as view:
            assert view.cards.revocation(late) == RevocationReason.LEFT
    assert tables(one.store) == tables(other.store) == tables(city.city.store)


def test_a_redacted_body_does_not_come_back_from_a_neighbour(city: RunningCity) -> None:
    one, other, _ = known_everywhere(city)
    with other.store.reading() as view:
        whole = view.journals.batch_after(one.store.own, 0, 1 << 20)
    assert whole is not None
    erase_member(city.city.store, ID_NUMBER, "asked for")
    one.exchange()
    with one.store.reading() as view:
        redacted = view.journals.batch_after(one.store.own, 0, 1 << 20)
    assert redacted is not None
    assert [item.digest for item in redacted.items] == [item.digest for item in whole.items]
    for store, batch in ((one.store, whole), (other.store, redacted)):
        before = tables(store)
        with store.writing() as tx:
            tx.receive(decode_batch(encode_batch(batch)))
        assert tables(store) == before
    fresh = city.station("三号车")
    assert fresh.exchange().error is None
    assert traces(fresh.store) == []
    assert tables(fresh.store) == tables(city.city.store)


def test_numbers_of_erased_people_are_not_given_again_and_a_second_import_is_somebody_new(city: RunningCity) -> None:
    _, _, person = known_everywhere(city)
    erase_member(city.city.store, ID_NUMBER, "asked for")
    with pytest.raises(CityError, match="no_member"):
        erase_member(city.city.store, ID_NUMBER, "asked for")
    again = person_id()
    with city.city.store.writing() as tx:
        tx.append(
            PeopleImported(
                columns=("name", "id_number"), people=(person, again), rows=((NAME, None), (NAME, ID_NUMBER))
            )
        )
    with city.city.store.reading() as view:
        assert [who.id for who in view.people.with_id_number(ID_NUMBER)] == [again]
        assert view.people.get(person) is None


def test_everything_held_on_somebody_is_told(city: RunningCity) -> None:
    known_everywhere(city)
    told = disclose(city.city, ID_NUMBER)
    fields = told["records"][0]["fields"]
    assert fields["phone"]["value"] == PHONE
    assert fields["name"]["by"] != fields["name"]["at"]
    assert len(told["records"]) == 2
    assert told["records"][0]["photo"]
    assert [service["answers"] for service in told["services"]] == [{"shoulder": ANSWER}] * 2
    assert told["cards"][0]["card"] == CARD.hex()
    assert sorted(entry["kind"] for entry in told["journal"]) == [
        "card.issued",
        "people.imported",
        "person.changed",
        "person.registered",
        "service.given",
        "service.given",
    ]
    assert "王秀兰" not in repr(told)
    assert {entry["by"] for entry in told["journal"]} >= {"一号车", "二号车"}


def test_the_old_bytes_are_gone_from_the_file(sqlite_city: RunningCity) -> None:
    known_everywhere(sqlite_city)
    folder = sqlite_city.city.home.folder
    assert len(traces_in_files(folder)) == len(TRACES)
    erase_member(sqlite_city.city.store, ID_NUMBER, "asked for")
    assert traces_in_files(folder) == []


def traces_in_files(folder: Path) -> list[str]:
    content = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    return [trace for trace in TRACES if trace.encode() in content]
