"""What the sender's heads prove here."""

from collections.abc import Mapping
from typing import NamedTuple

from station_core.ids import WriterId
from sync.messages import Position
from sync.report import Fork
from sync.store import ExchangeStore


class Proven(NamedTuple):
    """`heads`: the last entry of each journal that the other side holds as we do. `open`: it holds more than we do, so
    that nothing can be said yet. `forks`: it holds another history.
    """

    heads: dict[WriterId, int]
    open: frozenset[WriterId]
    forks: frozenset[Fork]


def compare(store: ExchangeStore, said: Mapping[bytes, Position]) -> Proven:
    """Equal hashes at one number prove equal histories."""
    heads: dict[WriterId, int] = {}
    open_: set[WriterId] = set()
    forks: set[Fork] = set()
    for name, (seq, hash_) in said.items():
        writer = WriterId(name)
        ours = store.hash_at(writer, seq)
        if ours is None:
            open_.add(writer)
        elif ours == hash_:
            heads[writer] = seq
        else:
            forks.add(Fork(writer, seq))
    return Proven(heads, frozenset(open_), frozenset(forks))
