"""The line of words on a service's tile."""

from station_app.screens.counter.state import Tile, Verdict
from station_app.words import Name, Phrase


def verdict_line(tile: Tile) -> Phrase | Name:
    match tile.verdict:
        case Verdict.ALLOWED if tile.remaining is not None and tile.period is not None:
            return Phrase(f"counter.tile.left.{tile.period.value}", {"count": tile.remaining})
        case Verdict.USED_UP if tile.again_on is not None:
            return Phrase("counter.tile.used_up_until", {"date": tile.again_on})
        case Verdict.NOT_FOR_YOU if tile.why is not None:
            return tile.why
    return Phrase(f"counter.tile.{tile.verdict.value}")


def stock_line(tile: Tile) -> Phrase | None:
    """How many are left in all, where there is something to have."""
    if tile.stock_left is None or tile.verdict is not Verdict.ALLOWED:
        return None
    return Phrase("counter.tile.stock", {"count": tile.stock_left})
