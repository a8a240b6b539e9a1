"""What happens after the counter: a service that opens a case, and the states that the case goes through."""

from dataclasses import dataclass
from typing import Self

from station_core.catalogue.reading import MalformedPack, Table, refuse_twice
from station_core.catalogue.words import Bilingual

MAX_DUE_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class CaseState:
    """One state of a case and the states that may come next; a state without any is an end."""

    key: str
    name: Bilingual
    then: tuple[str, ...] = ()

    @property
    def final(self) -> bool:
        return not self.then

    @classmethod
    def read(cls, table: Table) -> Self:
        """Raises MalformedPack."""
        state = cls(key=table.name("key"), name=Bilingual.read(table.table("name")), then=table.names("then"))
        table.finish()
        return state

    def to_dict(self) -> dict[str, object]:
        written: dict[str, object] = {"key": self.key, "name": self.name.to_dict()}
        if self.then:
            written["then"] = list(self.then)
        return written


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A case starts in the first state. It should be at its end `due_days` after it was opened, where that is given."""

    states: tuple[CaseState, ...]
    due_days: int | None = None

    @property
    def first(self) -> CaseState:
        return self.states[0]

    def state(self, key: str) -> CaseState:
        """Raises KeyError where there is no such state."""
        for state in self.states:
            if state.key == key:
                return state
        raise KeyError(key)

    def may_move(self, current: str, following: str) -> bool:
        """Whether a case may go from `current` to `following`. Raises KeyError where `current` is unknown."""
        return following in self.state(current).then

    @classmethod
    def read(cls, table: Table) -> Self:
        """Raises MalformedPack, also where a state cannot be reached or never comes to an end."""
        follow_up = cls(
            states=table.tables("states", CaseState.read),
            due_days=table.integer("due_days", least=1, most=MAX_DUE_DAYS) if table.has("due_days") else None,
        )
        table.finish()
        _refuse_broken_paths(follow_up.states, table.place("states"))
        return follow_up

    def to_dict(self) -> dict[str, object]:
        written: dict[str, object] = {"states": [state.to_dict() for state in self.states]}
        if self.due_days is not None:
            written["due_days"] = self.due_days
        return written


def _refuse_broken_paths(states: tuple[CaseState, ...], path: str) -> None:
    if len(states) < 2:
        raise MalformedPack(path, "must have a beginning and an end")
    keys = tuple(state.key for state in states)
    refuse_twice(keys, path, "state")
    moves = {state.key: frozenset(state.then) for state in states}
    for key in keys:
        for unknown in sorted(moves[key] - set(keys)):
            raise MalformedPack(path, f"has no state {unknown}, which {key} leads to")
    for unreached in sorted(set(keys) - _closure({keys[0]}, moves)):
        raise MalformedPack(path, f"never comes to {unreached}")
    before = {key: frozenset(earlier for earlier in keys if key in moves[earlier]) for key in keys}
    for endless in sorted(set(keys) - _closure({state.key for state in states if state.final}, before)):
        raise MalformedPack(path, f"never comes from {endless} to an end")


def _closure(start: set[str], moves: dict[str, frozenset[str]]) -> set[str]:
    reached, fresh = set(start), set(start)
    while fresh:
        fresh = {following for key in fresh for following in moves[key]} - reached
        reached |= fresh
    return reached
