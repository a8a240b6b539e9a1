"""Writing a bundle."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from station_core.ids import WriterId
from station_core.journal.entry import Head
from station_core.keys import SigningKey, writer_id
from sync.bundle.files import SUFFIX, new_file
from sync.bundle.frames import framed
from sync.bundle.header import Header
from sync.bundle.lacking import count, lacking
from sync.bundle.sealing import seal
from sync.errors import SyncError, Trouble
from sync.messages import EnrolAnswer, encode, positions_of
from sync.report import Phase, Progress, Tell
from sync.store import ExchangeStore


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes to whom.

    `certificate` is the sender's, `recipient_key` the recipient's certified public key. `known`: the last entry of each
    journal that the recipient is known to hold. Journals outside `scope` are not for the recipient; those of `first`
    go in front, since others are judged by what they say.
    """

    certificate: bytes
    recipient_key: bytes
    known: Mapping[WriterId, int]
    first: tuple[WriterId, ...]
    scope: Callable[[WriterId], bool] = lambda _writer: True
    enrolled: EnrolAnswer | None = None
    revoked: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    file: Path
    entries: int
    size_bytes: int


def write_bundle(
    target: Path,
    store: ExchangeStore,
    key: SigningKey,
    outgoing: Outgoing,
    tell: Tell = lambda _progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Written:
    """Everything that the recipient lacks, in a file for it alone. With nothing lacking it is still a receipt.

    Raises SyncError: FILE_UNWRITABLE, STOPPED, TOO_LARGE; then there is no new file. Raises what the store raises.
    """
    writing = _Writing(store, outgoing, tell, stopped)
    with new_file(target) as file:
        seal(framed(writing.messages(), key), file, outgoing.recipient_key)
        size_bytes = file.tell()
    return Written(target, writing.done, size_bytes)


def bundle_name(sender: int, recipient: int, now_ms: int) -> str:
    """A file name that says from whom, for whom and when (UTC), and sorts by time."""
    return f"{sender}-to-{recipient}-{datetime.fromtimestamp(now_ms / 1_000, UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"


@dataclass
class _Writing:
    store: ExchangeStore
    outgoing: Outgoing
    tell: Tell
    stopped: Callable[[], bool]
    done: int = field(default=0, init=False)

    def messages(self) -> Iterator[bytes]:
        outgoing = self.outgoing
        heads = {writer: head for writer, head in self.store.heads().items() if outgoing.scope(writer)}
        known = self._known(heads)
        total = count(heads, known)
        self.tell(Progress(Phase.WRITING, 0, total))
        yield encode(
            Header(
                certificate=outgoing.certificate,
                recipient=writer_id(outgoing.recipient_key),
                made_ms=self.store.now_ms(),
                heads=positions_of(heads),
                entries=total,
                enrolled=outgoing.enrolled,
                revoked=outgoing.revoked,
            )
        )
        for entries, message in lacking(self.store, heads, known, outgoing.first):
            if self.stopped():
                raise SyncError(Trouble.STOPPED)
            yield message
            self.done += entries
            self.tell(Progress(Phase.WRITING, self.done, total))

    def _known(self, heads: Mapping[WriterId, Head]) -> Mapping[WriterId, int]:
        """A recipient holds its own journal, unless a receipt of its said otherwise (after it lost a disk)."""
        recipient = writer_id(self.outgoing.recipient_key)
        own = {recipient: heads[recipient].seq} if recipient in heads else {}
        return {**own, **self.outgoing.known}
