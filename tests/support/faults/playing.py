"""The steps of one history, drawn by chance."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from support.faults.clocks import HOUR_MS
from support.faults.erasing import erase, erased_people
from support.faults.leases import Leases
from support.faults.machines import StationNode
from support.faults.node import End, Node
from support.faults.scene import Scene, back_up
from support.faults.sticks import Sticks
from support.faults.tally import Fault

from station_core.ids import PersonId

MOST_STATIONS = 6
MOST_STEPS = 70
_Step = Callable[[], object]


@dataclass
class Play:
    scene: Scene
    has_copies: bool
    _backups: list[tuple[StationNode, Path]] = field(init=False, default_factory=list)
    _rng: Random = field(init=False)
    _regulars: list[PersonId] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._rng = self.scene.rng
        self.sticks = Sticks(self.scene)
        self.leases = Leases(self._rng, self.scene.acts.services)

    def go(self, most_steps: int) -> None:
        for _ in range(self._rng.randint(2, 5)):
            self._enrol()
        if not self.scene.stations:
            return
        self._open_the_event()
        for _ in range(min(self._rng.randint(15, MOST_STEPS), most_steps)):
            self.scene.time.pass_by(self._rng.randint(1, 60_000))
            self._step()()

    def _open_the_event(self) -> None:
        """A few people whom all will serve, a stock, and time for some to hear of both and to ask for their part."""
        publisher: Node = self.scene.city if self._rng.random() < 0.7 else self._station()
        roster = self.scene.acts.import_roster()
        self.scene.write(self.scene.city, *roster)
        self._regulars = [person for record in roster for person in record.people]
        self._do(publisher, lambda: self.leases.publish(publisher))
        for _ in range(self._rng.choice((0, 1, 2))):
            for node in self.scene.stations:
                self.scene.exchange(node)

    def _step(self) -> _Step:
        steps: list[tuple[_Step, int]] = [
            (self._act, 22),
            (self._give_gift, 14),
            (self._give_meal, 8),
            (self._exchange_with_city, 16),
            (self._meet_hub, 14),
            (self._begin_hub, 3),
            (self._end_hub, 2),
            (self._forget_dead_hubs, 2),
            (self._act_in_city, 5),
            (self._erase, 2),
            (self._arm, 8),
            (self._jump_clock, 4),
            (self._fill_disk, 3),
            (self._free_disks, 3),
            (self._deliver_late, 5),
            (self._write_stick, 6),
            (self._take_stick, 8),
            (self._ask_for_stock, 1),
            (self._hand_back, 1),
            (self._undo, 1),
            (self._raise_stock, 1),
            (self._enrol, 1),
            (self._revoke, 1),
            (self._certify_anew, 1),
        ]
        if self.has_copies:
            steps += [(self._clone, 2), (self._back_up, 4), (self._restore, 3)]
        return self._rng.choices([step for step, _ in steps], [weight for _, weight in steps])[0]

    def _station(self) -> StationNode:
        return self._rng.choice(self.scene.stations)

    def _do(self, node: Node, job: _Step) -> None:
        self.scene.run(node, job)

    def _act(self) -> None:
        node, acts = self._station(), self.scene.acts
        self.scene.write(node, *(acts.big() if node.is_full else acts.at_a_station()))

    def _act_in_city(self) -> None:
        city = self.scene.city
        erased = self.scene.run(city, lambda: erased_people(city))
        if erased is not None:
            self.scene.write(city, *self.scene.acts.in_the_city(erased))

    def _give_gift(self) -> None:
        node = self._station()
        self._do(node, lambda: self.leases.give_gift(node))

    def _give_meal(self) -> None:
        node, person = self._station(), self._rng.choice(self._regulars)
        self._do(node, lambda: self.leases.give_meal(node, person))

    def _undo(self) -> None:
        node = self._station()
        self._do(node, lambda: self.leases.undo(node))

    def _ask_for_stock(self) -> None:
        node = self._station()
        self._do(node, lambda: self.leases.ask(node))

    def _hand_back(self) -> None:
        node = self._station()
        self._do(node, lambda: self.leases.hand_back(node))

    def _raise_stock(self) -> None:
        publisher = self.leases.publisher
        if publisher is not None:
            self._do(publisher, lambda: self.leases.publish(publisher))

    def _erase(self) -> None:
        person, city = self.scene.acts.somebody(), self.scene.city
        if person is not None and self.scene.run(city, lambda: erase(city, self.scene.acts.mark_of(person))):
            self.scene.tally[Fault.ERASED] += 1

    def _exchange_with_city(self) -> None:
        left = self._rng.randint(0, 4) if self._rng.random() < 0.1 else None

        def stopped() -> bool:
            nonlocal left
            if left is None:
                return False
            left -= 1
            if left == -1:
                self.scene.tally[Fault.BROKEN_OFF] += 1
            return left < 0

        self.scene.exchange(self._station(), stopped=stopped)

    def _meet_hub(self) -> None:
        self.scene.meet_hub(self._station())

    def _begin_hub(self) -> None:
        """Any station may serve the others of its event, also where one does already."""
        node = self._station()
        self._do(node, node.serve)
        if sum(station.app is not None for station in self.scene.stations) > 1:
            self.scene.tally[Fault.TWO_HUBS] += 1

    def _end_hub(self) -> None:
        serving = [station for station in self.scene.stations if station.app is not None]
        if serving:
            self.scene.tally[Fault.HUB_ENDED] += 1
            self._rng.choice(serving).stop_serving()

    def _forget_dead_hubs(self) -> None:
        """What was announced by processes that are gone is heard no more."""
        for station in self.scene.stations:
            if station.app is None:
                station.stop_serving()

    def _arm(self) -> None:
        end = self._rng.choice(list(End))
        self._rng.choice(self.scene.nodes).arm(end, self._rng.randint(0, 4 if end is End.AFTER_COMMIT else 90))

    def _jump_clock(self) -> None:
        self.scene.tally[Fault.CLOCK] += 1
        hours = self._rng.choice((0, 0, -30, -12, -3, -1, 1, 3, 12, 30))
        self._rng.choice(self.scene.nodes).clock.offset_ms = hours * HOUR_MS + self._rng.randint(-90_000, 90_000)

    def _fill_disk(self) -> None:
        self._rng.choice(self.scene.nodes).set_full(True)

    def _free_disks(self) -> None:
        for node in self.scene.nodes:
            node.set_full(False)

    def _deliver_late(self) -> None:
        if self.scene.lines.late:
            self.scene.lines.deliver_late()

    def _write_stick(self) -> None:
        node, everything = self._station(), self._rng.random() < 0.2
        if self._rng.random() < 0.5:
            self.sticks.from_station(node, everything=everything)
        else:
            self.sticks.to_station(node, everything=everything)

    def _take_stick(self) -> None:
        if self.sticks.files:
            self.sticks.take(self._rng.choice(self.scene.nodes))

    def _enrol(self) -> None:
        if len(self.scene.stations) < MOST_STATIONS:
            node = self.scene.enrol()
            if node is not None:
                self._do(node, lambda: self.leases.stand_there(node))

    def _revoke(self) -> None:
        left = [node for node in self.scene.stations if node.writer not in self.scene.revoked]
        if len(left) > 1:
            self.scene.revoke(self._rng.choice(left))

    def _certify_anew(self) -> None:
        self.scene.certify_anew(self._station())

    def _clone(self) -> None:
        if len(self.scene.stations) < MOST_STATIONS:
            self.scene.clone(self._station())

    def _back_up(self) -> None:
        node = self._station()
        backup = back_up(node)
        if backup:
            self._backups.append((node, backup))

    def _restore(self) -> None:
        if self._backups:
            self.scene.restore(*self._rng.choice(self._backups))
