"""Getting to know a device by the journal that it hands in."""

from collections.abc import Callable, Iterable

from station_core.ids import WriterId
from station_core.journal.batch import Batch
from sync.token import Verified


def batch_of_signer(
    batches: Iterable[Batch],
    key_in: Callable[[Batch], bytes | None],
    check: Callable[[Callable[[WriterId], bytes | None]], Verified],
) -> Batch:
    """The one of `batches` that brings the certificate of whoever signed the request.

    `key_in` finds the certified key of a batch's writer inside the batch; `check` verifies the request's token by such
    keys and raises SyncError. So nothing is taken in before the device has proven that it holds the key.
    """
    keys: dict[WriterId, bytes] = {}
    brought: dict[WriterId, Batch] = {}
    for batch in batches:
        key = key_in(batch)
        if key is not None and batch.writer not in keys:
            keys[batch.writer], brought[batch.writer] = key, batch
    return brought[check(keys.get).writer]
