"""Getting to know a device by the journal that it hands in."""

from collections.abc import Callable, Iterable

from station_core.journal.batch import Batch
from sync.serving.host import KeyOf
from sync.token import Verified


def prove_by_journal(
    batches: Iterable[Batch], key_in: Callable[[Batch], bytes | None], check: Callable[[KeyOf], Verified]
) -> Verified:
    """Who signed the request, by the certified key that one of `batches` brings.

    `key_in` finds the certified key of a batch's writer inside the batch; `check` verifies the request's token by such
    keys and raises SyncError. So nothing is taken in before the device has proven that it holds the key.
    """
    found = ((batch.writer, key_in(batch)) for batch in batches)
    return check({writer: key for writer, key in found if key is not None}.get)
