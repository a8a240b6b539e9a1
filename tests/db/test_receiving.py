"""What a store answers to other devices' entries, and what it gives others of its own."""

from dataclasses import replace

import pytest
from support.worlds import NOON_MS, STAFF, Device, World, given, registered, tables

from db.fold.judge import Reason
from db.store import Store
from station_core.clock import HybridTime, hybrid, wall_ms
from station_core.credential.certificate import Role
from station_core.ids import PersonId, RecordId
from station_core.journal.batch import Batch, batch_of
from station_core.journal.entry import GENESIS_HASH, seal
from station_core.journal.receipt import Outcome, Received
from station_core.keys import SigningKey
from station_core.records.base import encode_body
from station_core.records.people import PeopleImported
from station_core.records.services import ServiceGiven
from station_core.records.trust import WriterCertified, WriterRevoked

WANG = PersonId(bytes([1]) * 16)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def store(world: World) -> Store:
    return world.store()


@pytest.fixture
def neighbour(world: World) -> Device:
    """A station with a certificate and four entries after it."""
    device = world.device()
    device.write(registered(WANG, name="王小明", id_number="11010119900101001X"), NOON_MS)
    for number in range(3):
        device.write(given(WANG, record=bytes([number]) * 16), NOON_MS + number)
    return device


def receive(store: Store, batch: Batch) -> Received:
    with store.writing() as tx:
        return tx.receive(batch)


def counts(store: Store) -> tuple[int, int]:
    with store.reading() as view:
        found = view.overview.counts()
        return found.entries, found.services


def test_a_whole_journal_is_held_and_folded(store: Store, neighbour: Device) -> None:
    assert receive(store, neighbour.batch()) == Received(Outcome.HELD, neighbour.head, new_entries=5)
    assert counts(store) == (5, 3)
    with store.reading() as view:
        assert view.journals.heads() == {neighbour.id: neighbour.head}
        assert view.journals.faults(neighbour.id) == []


def test_the_same_again_changes_nothing(store: Store, neighbour: Device) -> None:
    receive(store, neighbour.batch())
    before = tables(store)
    assert receive(store, neighbour.batch()) == Received(Outcome.ALREADY_HAD, neighbour.head)
    assert receive(store, neighbour.batch(2, 3)) == Received(Outcome.ALREADY_HAD, neighbour.head)
    assert tables(store) == before


@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_of_an_overlapping_batch_the_new_entries_are_taken(store: Store, neighbour: Device, first: int) -> None:
    receive(store, neighbour.batch(1, 3))
    assert receive(store, neighbour.batch(first)) == Received(Outcome.HELD, neighbour.head, new_entries=2)
    assert counts(store) == (5, 3)


def test_a_gap_takes_nothing_and_says_where_to_go_on(store: Store, neighbour: Device) -> None:
    receive(store, neighbour.batch(1, 2))
    assert receive(store, neighbour.batch(4)) == Received(Outcome.GAP, neighbour.entries[1].head)
    assert counts(store) == (2, 0)


def test_nothing_is_taken_of_a_writer_without_a_certificate(store: Store, neighbour: Device) -> None:
    assert receive(store, neighbour.batch(2)).outcome is Outcome.UNKNOWN_WRITER
    stranger = Device(SigningKey(bytes([7]) * 32))
    stranger.write(given(None), NOON_MS)
    assert receive(store, stranger.batch()).outcome is Outcome.UNKNOWN_WRITER
    with store.reading() as view:
        assert view.journals.heads() == {}


def test_the_certificate_of_another_city_brings_no_key(store: Store) -> None:
    elsewhere = World(root=SigningKey(bytes([9]) * 32))
    assert receive(store, elsewhere.device().batch()).outcome is Outcome.UNKNOWN_WRITER


def fork_of(device: Device, shared: int) -> Device:
    """The journal of a cloned disk: the same up to entry `shared`, other entries after it."""
    clone = Device(device.key, device.entries[:shared])
    for number in range(4):
        clone.write(given(None, record=bytes([100 + number]) * 16), NOON_MS + 100)
    return clone


@pytest.mark.parametrize("shared", [1, 3, 4])
@pytest.mark.parametrize("whole", [True, False])
def test_a_fork_is_refused_and_named(store: Store, neighbour: Device, shared: int, whole: bool) -> None:
    receive(store, neighbour.batch())
    before = tables(store)
    clone = fork_of(neighbour, shared)
    batch = clone.batch() if whole else clone.batch(min(shared + 2, 6))
    assert receive(store, batch) == Received(Outcome.FORK, neighbour.head)
    assert tables(store) == before


def test_only_the_writer_itself_can_make_a_fork(store: Store, neighbour: Device) -> None:
    receive(store, neighbour.batch(1, 3))
    forged = replace(neighbour.batch(4), previous=bytes(32))
    assert receive(store, forged).outcome is Outcome.BROKEN


def test_what_was_changed_on_the_way_is_refused(store: Store, neighbour: Device) -> None:
    batch = neighbour.batch()
    items = (*batch.items[:-1], replace(batch.items[-1], kind="record.voided"))
    assert receive(store, replace(batch, items=items)).outcome is Outcome.BROKEN
    assert counts(store) == (0, 0)


@pytest.mark.parametrize("split", [True, False])
def test_times_that_run_backwards_are_refused_however_the_journal_is_split(
    store: Store, neighbour: Device, split: bool
) -> None:
    head = neighbour.head
    late = seal(neighbour.key, head, HybridTime(head.at), "service.given", encode_body(given(WANG), bytes(16)))
    if split:
        receive(store, neighbour.batch())
        assert receive(store, batch_of([late], head.hash)).outcome is Outcome.BROKEN
    else:
        assert receive(store, batch_of([*neighbour.entries, late], GENESIS_HASH)).outcome is Outcome.BROKEN


def test_a_redacted_body_is_held_and_folds_to_nothing(store: Store, neighbour: Device) -> None:
    entries = [*neighbour.entries[:2], replace(neighbour.entries[2], body=None), *neighbour.entries[3:]]
    assert receive(store, batch_of(entries, GENESIS_HASH)).outcome is Outcome.HELD
    assert counts(store) == (5, 2)
    with store.reading() as view:
        assert view.journals.faults(neighbour.id) == []
        passed_on = view.journals.batch_after(neighbour.id, 0, 1_000_000)
    assert passed_on is not None
    assert passed_on.items[2].body is None
    assert receive(World().store(), passed_on).outcome is Outcome.HELD


def malformed(device: Device, kind: str = ServiceGiven.kind, body: bytes = b"\xff") -> None:
    device.entries.append(seal(device.key, device.head, HybridTime(device.head.at + 1), kind, body))


def test_what_cannot_be_folded_is_kept_with_its_reason_and_holds_nothing_up(store: Store, neighbour: Device) -> None:
    malformed(neighbour)
    malformed(neighbour, kind="weather.noted")
    neighbour.write(PeopleImported(columns=(), people=(), rows=()), NOON_MS + 5)
    neighbour.write(given(WANG), NOON_MS + 6)
    came = receive(store, neighbour.batch())
    assert came.outcome is Outcome.HELD
    assert came.aside == (
        (6, "malformed: the body is not CBOR"),
        (7, Reason.UNKNOWN_KIND),
        (8, Reason.NOT_ALLOWED),
    )
    assert counts(store) == (9, 4)
    with store.reading() as view:
        assert [(one.seq, one.kind, one.reason) for one in view.journals.set_aside()] == [
            (8, "people.imported", "not_allowed"),
            (7, "weather.noted", "unknown_kind"),
            (6, "service.given", "malformed: the body is not CBOR"),
        ]
        assert view.journals.set_aside_counts() == {neighbour.id: 3}


def test_the_clock_goes_on_after_what_was_received(world: World, neighbour: Device) -> None:
    store = world.station()
    neighbour.write(given(WANG), NOON_MS + 60_000)
    receive(store, neighbour.batch())
    with store.writing() as tx:
        (entry,) = tx.append(given(WANG))
    assert entry.at > neighbour.head.at
    assert wall_ms(entry.at) == NOON_MS + 60_000


def test_a_certificate_that_arrives_late_lets_what_waited_count(world: World, store: Store, neighbour: Device) -> None:
    """The key came with a certificate by hand, such as in a batch that was cut; then the station's role is known."""
    city = world.device(Role.CITY)
    station = Device(SigningKey(bytes([6]) * 32))
    station.write(given(WANG), NOON_MS)
    city.write(WriterCertified(certificate=world.certificate(station.key)), NOON_MS + 1)
    receive(store, city.batch())
    assert receive(store, station.batch()).outcome is Outcome.HELD
    assert counts(store)[1] == 1


def test_a_hub_that_becomes_a_station_is_heard_after_all(world: World, store: Store) -> None:
    hub = world.device(Role.HUB)
    hub.write(given(WANG), NOON_MS)
    came = receive(store, hub.batch())
    assert came.aside == ((2, Reason.NOT_ALLOWED),)
    city = world.device(Role.CITY)
    city.write(WriterCertified(certificate=world.certificate(hub.key, Role.STATION, from_ms=1_000)), NOON_MS)
    receive(store, city.batch())
    assert counts(store)[1] == 1
    with store.reading() as view:
        assert view.journals.set_aside() == []


def test_a_revocation_that_arrives_late_takes_back_what_was_written_after_it(
    world: World, store: Store, neighbour: Device
) -> None:
    receive(store, neighbour.batch())
    city = world.device(Role.CITY)
    city.write(WriterRevoked(writer=neighbour.id, since=hybrid(NOON_MS + 1), reason="stolen"), NOON_MS + 9)
    receive(store, city.batch())
    with store.reading() as view:
        assert view.overview.counts().services == 2
        assert [(one.seq, one.reason) for one in view.journals.set_aside()] == [(5, Reason.WRITER_REVOKED)]
    city_first = world.store()
    receive(city_first, city.batch())
    receive(city_first, neighbour.batch())
    assert tables(city_first) == tables(store)


def test_a_revoked_city_device_cannot_take_a_revocation_back(world: World, store: Store, neighbour: Device) -> None:
    one, other = world.device(Role.CITY), world.device(Role.CITY)
    one.write(WriterRevoked(writer=other.id, since=hybrid(1), reason="stolen"), NOON_MS)
    other.write(WriterRevoked(writer=one.id, since=hybrid(1), reason="in return"), NOON_MS)
    for device in (one, other):
        receive(store, device.batch())
    with store.reading() as view:
        revoked = {writer.id for writer in view.writers.all() if writer.revoked_since is not None}
    assert revoked == {one.id, other.id}


def test_equal_heads_mean_equal_tables(world: World, neighbour: Device) -> None:
    one, other = world.store(), world.store()
    third = world.device()
    third.write(given(WANG), NOON_MS)
    for batch in (neighbour.batch(1, 2), third.batch(), neighbour.batch(3)):
        receive(one, batch)
    for batch in (third.batch(), neighbour.batch()):
        receive(other, batch)
    with one.reading() as here, other.reading() as there:
        assert here.journals.heads() == there.journals.heads()
        assert here.overview.counts() == there.overview.counts()
    assert tables(one) == tables(other)


# What is handed on


def all_batches(store: Store, device: Device, max_bytes: int) -> list[Batch]:
    batches: list[Batch] = []
    with store.reading() as view:
        while batch := view.journals.batch_after(device.id, batches[-1].last_seq if batches else 0, max_bytes):
            batches.append(batch)
    return batches


@pytest.mark.parametrize("max_bytes", [1, 300, 500, 1_000_000])
def test_batches_keep_to_their_size_and_one_goes_on_where_the_other_ended(neighbour: Device, max_bytes: int) -> None:
    world = World()
    store, copy = world.station(), world.store()
    with store.writing() as tx:
        tx.append(registered(WANG, name="王小明"))
        for number in range(6):
            tx.append(given(WANG, record=bytes([number]) * 16))
    own = Device(store.key)
    batches = all_batches(store, own, max_bytes)
    sizes = [sum(len(item.body or b"") + 64 for item in batch.items) for batch in batches]
    assert all(size <= max_bytes or len(batch.items) == 1 for size, batch in zip(sizes, batches, strict=True))
    assert len(batches) == {1: 8, 1_000_000: 1}.get(max_bytes, len(batches))
    assert [receive(copy, batch).outcome for batch in batches] == [Outcome.HELD] * len(batches)
    assert tables(copy) == tables(store)


def test_nothing_follows_the_end_and_nothing_an_entry_that_is_not_held(store: Store, neighbour: Device) -> None:
    receive(store, neighbour.batch())
    with store.reading() as view:
        assert view.journals.batch_after(neighbour.id, 5, 1_000) is None
        assert view.journals.batch_after(neighbour.id, 6, 1_000) is None
        assert view.journals.batch_after(Device(SigningKey(bytes(32))).id, 0, 1_000) is None
        assert view.journals.hash_at(neighbour.id, 0) == GENESIS_HASH
        assert view.journals.hash_at(neighbour.id, 2) == neighbour.entries[1].hash
        assert view.journals.hash_at(neighbour.id, 9) is None
        assert view.journals.count_after(neighbour.id, 2) == {"service.given": 3}


def test_a_batch_of_received_entries_runs_to_the_next_signature(store: Store, neighbour: Device) -> None:
    """Only the last entry of what was received carries a signature: less than all of it proves nothing."""
    receive(store, neighbour.batch(1, 4))
    receive(store, neighbour.batch(5))
    batches = all_batches(store, neighbour, max_bytes=1)
    assert [(batch.first_seq, batch.last_seq) for batch in batches] == [(1, 4), (5, 5)]


def test_pages_do_not_show(world: World, store: Store) -> None:
    device = world.device()
    for _ in range(1_200):
        device.write(given(None), NOON_MS)
    receive(store, device.batch())
    (batch,) = all_batches(store, device, max_bytes=10_000_000)
    assert batch == device.batch()


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("DELETE FROM entry WHERE seq = 3", "entry 3 is missing"),
        ("UPDATE entry SET kind = 'record.voided' WHERE seq = 2", "entry 2 does not fit its hash"),
        ("UPDATE entry SET at = at + 1 WHERE seq = 2", "entry 2 does not fit its hash"),
        ("UPDATE entry SET body = x'00' WHERE seq = 4", "entry 4 does not fit its hash"),
        ("UPDATE entry SET signature = zeroblob(64) WHERE seq = 5", "the signature of entry 5 is not its writer's"),
        ("DELETE FROM entry WHERE seq = 5", "the journal ends at entry 4, not at 5 as noted"),
        ("UPDATE entry SET at = 1 WHERE seq = 2", "entry 2 is not later than the one before it"),
    ],
)
def test_what_does_not_hold_in_a_journal_is_found(store: Store, neighbour: Device, damage: str, fault: str) -> None:
    receive(store, neighbour.batch())
    with store._engine.begin() as connection:
        connection.exec_driver_sql(damage)
    with store.reading() as view:
        assert fault in view.journals.faults(neighbour.id)


def test_an_own_record_that_may_not_be_written_is_kept_aside(world: World) -> None:
    store = world.station()
    with store.writing() as tx:
        tx.append(PeopleImported(columns=(), people=(), rows=()))
        assert [one.reason for one in tx.journals.set_aside()] == [Reason.NOT_ALLOWED]
        assert tx.overview.counts().set_aside == 1


def test_a_transaction_that_fails_leaves_nothing(world: World) -> None:
    store = world.station()

    def fail_after_writing() -> None:
        with store.writing() as tx:
            tx.append(given(WANG, record=bytes(16)))
            assert tx.services.get(RecordId(bytes(16))) is not None
            raise ZeroDivisionError

    before = tables(store)
    with pytest.raises(ZeroDivisionError):
        fail_after_writing()
    assert tables(store) == before


def test_a_record_is_read_back_as_it_was_written(world: World) -> None:
    store = world.station()
    with store.writing() as tx:
        (entry,) = tx.append(given(None, record=bytes(16)))
    with store.reading() as view:
        record = view.services.get(RecordId(bytes(16)))
    assert record is not None
    assert (record.operator, record.at, record.writer) == (STAFF, entry.at, store.own)
    assert record.person is None
