"""A device whose journal forked asks its city for a new writer, by the key that was certified before.

Both copies of a cloned disk hold that key. The copy whose entries the city does not have finds out up to where the two
are the same, and goes on under a new key from there (docs/adr/0016-new-epoch.md).
"""

from dataclasses import replace

from station_core import cbor
from station_core.credential.certificate import Certificate, CertificateRefused, read_certificate
from station_core.ids import WriterId
from station_core.journal.batch import BrokenChain, MalformedBatch, decode_batch, encode_batch, verify_batch
from station_core.journal.entry import EMPTY, Entry, Head
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey, verify
from sync.client import Client
from sync.errors import SyncError, Trouble
from sync.messages import PullAnswer, RenewRequest
from sync.store import ExchangeStore

_CONTEXT = "worker-station-renewal"


def renewal(key: SigningKey, old: WriterId, city_id: str, common: Head) -> RenewRequest:
    """The question for a certificate of `key`; the holder of `old` signs it as every request, `key` within."""
    proof = key.sign(_proven(key.public, old, city_id))
    return RenewRequest(public_key=key.public, proof=proof, seq=common.seq, hash=common.hash)


def is_proven(asked: RenewRequest, old: WriterId, city_id: str) -> bool:
    """Whether the asking device holds the new key too, and means this city and this old writer."""
    return verify(asked.public_key, _proven(asked.public_key, old, city_id), asked.proof)


def _proven(public_key: bytes, old: WriterId, city_id: str) -> bytes:
    return cbor.encode([_CONTEXT, city_id, bytes(old), public_key])


def renew(client: Client, key: SigningKey, old: WriterId, common: Head, root_key: bytes) -> tuple[bytes, Certificate]:
    """A certificate for `key`, signed and as read. Asking again with the same key gives the same one.

    Raises SyncError: REFUSED where the city does not hold entry `common`, or nothing after it; REVOKED; GARBLED.
    """
    data = client.renew(renewal(key, old, client.city_id, common)).certificate
    try:
        certificate = read_certificate(data, root_key)
    except CertificateRefused as error:
        raise SyncError(Trouble.GARBLED) from error
    if certificate.public_key != key.public:
        raise SyncError(Trouble.GARBLED)
    return data, certificate


def common_head(store: ExchangeStore, client: Client, key: SigningKey, acknowledged: int) -> Head:
    """The last entry of the own journal, which `key` signs, that both sides have. Raises SyncError.

    The other side's journal is followed from entry `acknowledged`, or from the beginning where that is another there.
    A revoked device may not fetch, and finds it by handing in.
    """
    try:
        return _followed(store, client, key.public, acknowledged)
    except SyncError as error:
        if error.code is not Trouble.REVOKED:
            raise
    return _probed(store, client, key)


def _followed(store: ExchangeStore, client: Client, public_key: bytes, acknowledged: int) -> Head:
    for start in dict.fromkeys((acknowledged, 0)):
        found = _Follow(store, client, public_key).from_entry(start)
        if found is not None:
            return found
    raise SyncError(Trouble.GARBLED)


def _probed(store: ExchangeStore, client: Client, key: SigningKey) -> Head:
    """By halving: the other side says of each entry that is handed in again whether it had that one already."""
    own = store.own
    common, beyond = EMPTY, store.heads()[own].seq + 1
    while common.seq + 1 < beyond:
        seq = (common.seq + beyond) // 2
        batch, hash_ = store.batch_after(own, seq - 1, 1), store.hash_at(own, seq)
        if batch is None or hash_ is None:
            raise SyncError(Trouble.GARBLED)
        alone = replace(batch, items=batch.items[:1], signature=key.sign(hash_))
        if client.push([encode_batch(alone)])[0].outcome is Outcome.ALREADY_HAD:
            common = Head(seq, hash_)
        else:
            beyond = seq
    return common


class _Follow:
    """Walks along the other side's copy of the own journal as long as it is the same as ours."""

    def __init__(self, store: ExchangeStore, client: Client, public_key: bytes) -> None:
        self._store, self._client, self._public_key = store, client, public_key
        self._own = store.own
        self._skip = set(store.heads()) - {self._own}

    def from_entry(self, seq: int) -> Head | None:
        """None where entry `seq` itself is another at the other side."""
        hash_ = self._store.hash_at(self._own, seq)
        head = None if hash_ is None else Head(seq, hash_)
        while head is not None:
            answer = self._client.pull({self._own: head}, self._skip)
            if any(writer == self._own for writer, _ in answer.forks):
                return None
            entries = self._theirs(answer)
            for entry in entries:
                if self._store.hash_at(self._own, entry.seq) != entry.hash:
                    return head
                head = entry.head
            if not entries and not answer.more:
                return head
        return None

    def _theirs(self, answer: PullAnswer) -> list[Entry]:
        """The own journal's entries in an answer; other journals in it are left out of the next ones."""
        entries: list[Entry] = []
        skipped = len(self._skip)
        try:
            for batch in map(decode_batch, answer.batches):
                if batch.writer == self._own:
                    entries += verify_batch(batch, self._public_key)
                else:
                    self._skip.add(batch.writer)
        except (MalformedBatch, BrokenChain) as error:
            raise SyncError(Trouble.GARBLED) from error
        if answer.more and not entries and len(self._skip) == skipped:
            raise SyncError(Trouble.GARBLED)
        return entries
