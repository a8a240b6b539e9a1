"""Reading a bundle: once through to the signature, and only then once more to take it.

So nothing is taken of a file that is not whole, and what it holds never lies anywhere unsealed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from station_core.credential.certificate import Certificate, CertificateRefused, read_certificate
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey, writer_id
from sync.bundle.files import opened
from sync.bundle.frames import FrameReader, Seal
from sync.bundle.header import Header
from sync.bundle.receipt import Proven, compare
from sync.bundle.sealing import unseal
from sync.errors import SyncError, Trouble
from sync.messages import M, PushRequest, decode
from sync.report import Half, Phase, Progress, Tell
from sync.store import ExchangeStore
from sync.taking import Taking

_UNREADABLE = frozenset({Trouble.GARBLED, Trouble.TOO_LARGE})
RootKeyOf = Callable[[Header], bytes]
"""By which root key the sender's certificate must be; may refuse with a SyncError."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A bundle that is whole, for this store, and signed by a certified sender."""

    path: Path
    header: Header
    sender: Certificate
    seal: Seal = field(repr=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a bundle. `half` counts what was taken in; `proven` is what its receipt says."""

    checked: Checked
    half: Half
    proven: Proven

    @property
    def gaps(self) -> int:
        """Journals of which entries before those in the file are missing: an earlier file has them."""
        return sum(one.outcome is Outcome.GAP for one in self.half.not_taken)

    @property
    def forks(self) -> int:
        """Journals of which the two sides hold different histories."""
        return len({fork.writer for fork in self.half.forks | self.proven.forks})

    @property
    def refused(self) -> int:
        """Journals whose entries could not be proven."""
        return sum(one.outcome not in (Outcome.GAP, Outcome.FORK) for one in self.half.not_taken)

    @property
    def rest(self) -> dict[str, int]:
        """What was not taken, by why, in journals; the words are ``bundle.rest.<why>``. Empty where all was."""
        counts = {"gaps": self.gaps, "forks": self.forks, "refused": self.refused}
        return {why: count for why, count in counts.items() if count}


def check_bundle(
    path: Path, key: SigningKey, root_key_of: RootKeyOf, stopped: Callable[[], bool] = lambda: False
) -> Checked:
    """Read the file at `path`, meant for `key`, to its end without taking anything.

    Raises SyncError: FILE_NOT_OURS, FILE_NOT_FOR_US, FILE_DAMAGED (incomplete, changed), FILE_STRANGER (by nobody
    whom the city certified), FILE_UNREADABLE, TOO_OLD (another version), STOPPED; and what `root_key_of` raises.
    """
    found: list[tuple[Header, Certificate]] = []

    def look(message: bytes) -> None:
        _go_on(stopped)
        if not found:
            header = _read(Header, message)
            if header.recipient != writer_id(key.public):
                raise SyncError(Trouble.FILE_NOT_FOR_US)
            found.append((header, _sender(header, root_key_of(header))))

    seal = _through(path, key, look)
    if not found:
        raise SyncError(Trouble.FILE_DAMAGED)
    header, sender = found[0]
    if not seal.is_by(sender.public_key):
        raise SyncError(Trouble.FILE_STRANGER)
    return Checked(path, header, sender, seal)


def take_bundle(
    checked: Checked,
    store: ExchangeStore,
    key: SigningKey,
    tell: Tell = lambda _progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Taken:
    """Take in what fits; doing it again, also after an interruption, goes on where it ended.

    Every batch is proven by its writer's signature, whatever becomes of the file in the meantime. Raises SyncError:
    FILE_DAMAGED (it is another file by now), FILE_UNREADABLE, STOPPED; what was taken before stays. Raises what the
    store raises.
    """
    half = Half()
    take = _Take(Taking(store, half), checked.header.entries, tell, stopped)
    if _through(checked.path, key, take.message) != checked.seal:
        raise SyncError(Trouble.FILE_DAMAGED)
    return Taken(checked, half, compare(store, checked.header.heads))


class _Take:
    """Takes the messages that follow the header."""

    def __init__(self, taking: Taking, total: int, tell: Tell, stopped: Callable[[], bool]) -> None:
        self._taking, self._total, self._tell, self._stopped = taking, total, tell, stopped
        self._passed_header = False
        self._done = 0

    def message(self, message: bytes) -> None:
        _go_on(self._stopped)
        if self._passed_header:
            self._batches(message)
        self._passed_header = True
        self._tell(Progress(Phase.TAKING, self._done, self._total))

    def _batches(self, message: bytes) -> None:
        for data in _read(PushRequest, message).batches:
            try:
                self._done += len(self._taking.take(data).items)
            except SyncError as error:
                raise _as_damage(error) from error


def _through(path: Path, key: SigningKey, take: Callable[[bytes], None]) -> Seal:
    frames = FrameReader(take)
    with opened(path) as file:
        unseal(file, frames.feed, key)
    return frames.end()


def _sender(header: Header, root_key: bytes) -> Certificate:
    try:
        return read_certificate(header.certificate, root_key)
    except CertificateRefused as error:
        raise SyncError(Trouble.FILE_STRANGER) from error


def _read(kind: type[M], message: bytes) -> M:
    try:
        return decode(kind, message)
    except SyncError as error:
        raise _as_damage(error) from error


def _as_damage(error: SyncError) -> SyncError:
    """What cannot be read in a file is no matter of sending it once more."""
    return SyncError(Trouble.FILE_DAMAGED) if error.code in _UNREADABLE else error


def _go_on(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise SyncError(Trouble.STOPPED)
