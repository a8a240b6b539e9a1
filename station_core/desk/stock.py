"""How an event's stock is divided among the devices that give it out, so that it lasts while they are apart.

A stock is a quantity that is conserved: at first all of it belongs to the device that published it, and it only ever
moves. A device gives out, and passes on, no more than it holds, and whatever lowers what it holds it writes itself. So
nothing can be given twice, in whatever order journals meet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from station_core.ids import ServiceCode, WriterId

SHARE_OF_TOTAL = 4
"""A station asks for up to a quarter of the whole, which serves it for hours without a network."""
LEAST_TARGET = 10


@dataclass(frozen=True, slots=True)
class StockAccount:
    """One service's stock at one event, as far as it is known here.

    `origin` published it first. `balances` holds what each device may still give out; below zero where one gave or
    passed on more than it held. `gained` is what each ever held: published, or received from others. `wants` are
    quantities asked for and not received yet, none of them 0.
    """

    service: ServiceCode
    total: int
    given: int
    origin: WriterId
    balances: Mapping[WriterId, int]
    gained: Mapping[WriterId, int]
    wants: Mapping[WriterId, int]

    @property
    def left(self) -> int:
        """Of the whole; below zero where more was given out than there was."""
        return self.total - self.given

    def balance(self, writer: WriterId) -> int:
        return self.balances.get(writer, 0)

    def lendable(self, own: WriterId) -> int:
        """What `own` may pass on: what others took too much of is gone, whoever's books it stands in."""
        overdrawn = sum(-balance for writer, balance in self.balances.items() if balance < 0 and writer != own)
        return max(0, self.balance(own) - overdrawn)


def grant(account: StockAccount, own: WriterId, asker: WriterId) -> int:
    """How much `own` lends `asker` now; 0 for nothing.

    Everybody who waits gets the same share, and one more share stays for who has not asked yet. So the first to ask
    never empties the stock, and the last unit can still be had.
    """
    wanted = account.wants.get(asker, 0)
    waiting = sum(1 for writer in account.wants if writer != own)
    share = -(-account.lendable(own) // (waiting + 1))
    return 0 if asker == own else min(wanted, share)


@dataclass(frozen=True, slots=True)
class Holding:
    """What one device itself knows of its part: `held` of `total`, and `waiting` asked for but not received."""

    service: ServiceCode
    total: int
    origin: WriterId
    is_origin: bool
    held: int
    waiting: int


def to_want(holding: Holding) -> int:
    """For how much a device asks of itself: when half its share is used; 0 for not now.

    An open request is made anew only when it has doubled, so that a station without any luck does not fill its journal.
    """
    target = min(holding.total, max(LEAST_TARGET, holding.total // SHARE_OF_TOTAL))
    lacking = target - holding.held
    is_low = holding.held <= target // 2 and lacking >= max(1, 2 * holding.waiting)
    return lacking if is_low and not holding.is_origin else 0


def to_return(holding: Holding) -> int:
    """How much can go back to where the stock came from."""
    return 0 if holding.is_origin else max(0, holding.held)


def is_over(last_day: date, today: date) -> bool:
    """Whether what is left goes back by itself: the whole last day still belongs to the event."""
    return today > last_day


@dataclass(frozen=True, slots=True)
class Overdrawn:
    """`writer` ever held `gained`, and gave out or passed on `spent`."""

    service: ServiceCode
    writer: WriterId
    gained: int
    spent: int


@dataclass(frozen=True, slots=True)
class OverStock:
    """More was given out than there was in all."""

    service: ServiceCode
    total: int
    given: int


StockFault = Overdrawn | OverStock


def faults(account: StockAccount) -> Iterator[StockFault]:
    """What does not add up; the same wherever the same records are held."""
    if account.given > account.total:
        yield OverStock(account.service, account.total, account.given)
    for writer, balance in sorted(account.balances.items()):
        if balance < 0:
            gained = account.gained.get(writer, 0)
            yield Overdrawn(account.service, writer, gained, gained - balance)
