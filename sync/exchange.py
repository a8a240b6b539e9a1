"""One exchange: hand in what the other side lacks, fetch what is lacking here. Neither waits for the other."""

from collections.abc import Callable

from station_core.ids import WriterId
from sync.client import Client
from sync.errors import NOTHING_REACHED, SyncError, Trouble
from sync.pull import Pull
from sync.push import Push
from sync.report import Half, Phase, Progress, Report, Tell
from sync.store import ExchangeStore


def exchange(
    store: ExchangeStore,
    client: Client,
    progress: Tell | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Report:
    """Exchange with `client`'s city until neither side lacks anything, or a known trouble ends it; see `Report.error`.

    May be broken off anywhere and done again: what was acknowledged is held. `stopped` is asked between two requests.
    Raises what the store raises.
    """
    tell = progress or _tell_nobody

    def go_on() -> None:
        if stopped():
            raise SyncError(Trouble.STOPPED)

    pushed, pulled = Half(), Half()
    tell(Progress(Phase.CONNECTING))
    push = Push(store, client, pushed, tell)
    _run(push, pushed, go_on)
    if pushed.error is None or pushed.error.code not in NOTHING_REACHED:
        _run(Pull(store, client, pulled, tell), pulled, go_on)
    heads: dict[WriterId, int] = {writer: head.seq for writer, head in push.peer.items()}
    return Report(pushed, pulled, heads, client.clock_offset_ms)


def _run(direction: Push | Pull, half: Half, go_on: Callable[[], None]) -> None:
    try:
        direction.run(go_on)
    except SyncError as error:
        half.error = error


def _tell_nobody(_: Progress) -> None:
    """Where nobody watches."""
