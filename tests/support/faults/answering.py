"""The answering side as bytes in, bytes out: what a city's server and a hub do between socket and store."""

from support.faults.node import Node

from db.errors import StoreError
from db.values import Writer
from station_core.ids import WriterId
from sync.answer import answer_heads, answer_pull, answer_push
from sync.errors import SyncError, Trouble
from sync.messages import HeadsRequest, Message, PullRequest, PushRequest, decode, encode
from sync.token import check_token

CITY_ID = "test-city"


def answer(node: Node, purpose: str, body: bytes, token: str) -> bytes:
    """The answer to one request. Raises SyncError for what would be answered as a problem; and Crash."""
    try:
        return encode(_answered(node, purpose, body, _recognised(node, purpose, body, token)))
    except StoreError:
        raise SyncError(Trouble.BUSY) from None


def _recognised(node: Node, purpose: str, body: bytes, token: str) -> Writer | None:
    def key_of(writer: WriterId) -> bytes | None:
        with node.store.reading() as view:
            return view.writers.public_key(writer)

    verified = check_token(token, key_of, CITY_ID, purpose, node.clock())
    verified.check_body(body)
    with node.store.reading() as view:
        return view.writers.get(verified.writer)


def _answered(node: Node, purpose: str, body: bytes, asking: Writer | None) -> Message:
    store = node.exchange_store
    if purpose == "heads":
        return answer_heads(store, decode(HeadsRequest, body))
    if purpose == "push":
        return answer_push(store, decode(PushRequest, body))
    if asking is None or asking.revoked_since is not None:
        raise SyncError(Trouble.REVOKED, reason="")
    return answer_pull(store, decode(PullRequest, body), lambda _: True)
