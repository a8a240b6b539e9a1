"""The exchange's questions. Who asks is settled before the body is read, and the body before it is unfolded.

One exception: a device that is not known yet may push the beginning of its own journal, which proves who it is.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from station_core.journal.batch import Batch, MalformedBatch, decode_batch
from sync.answer import answer_heads, answer_pull, answer_push, answer_state
from sync.errors import SyncError, Trouble
from sync.messages import (
    HeadsAnswer,
    HeadsRequest,
    Message,
    Positions,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    StateAnswer,
    StateRequest,
    decode,
    encode,
)
from sync.serving.body import bearer_token, read_body
from sync.serving.host import G, Guest, Host
from sync.wire import MAX_BODY_BYTES, MEDIA_TYPE

Q = TypeVar("Q", bound=Message)
PUSH = "push"
PURPOSES = ("heads", PUSH, "pull", "state")


def exchange_router(host: Host[G]) -> APIRouter:
    router = APIRouter()
    store = host.store

    @router.post("/heads", summary="Where journals end here")
    async def heads(request: Request) -> Response:
        return await _answered(host, request, "heads", HeadsRequest, give_heads)

    @router.post("/push", summary="Hand in entries")
    async def push(request: Request) -> Response:
        return await _answered(host, request, PUSH, PushRequest, take_push, take_push)

    @router.post("/pull", summary="Fetch what is lacking")
    async def pull(request: Request) -> Response:
        return await _answered(host, request, "pull", PullRequest, give_pull)

    @router.post("/state", summary="Whether anything has changed here")
    async def state(request: Request) -> Response:
        asker = request.client.host if request.client else ""
        return await _answered(host, request, "state", StateRequest, partial(give_state, asker))

    def give_heads(guest: G, asked: HeadsRequest) -> HeadsAnswer:
        host.heard(guest, _own_seq(guest, asked.heads))
        return answer_heads(store, asked)

    def take_push(_: G | None, asked: PushRequest) -> PushAnswer:
        return answer_push(store, asked)

    def give_pull(guest: G, asked: PullRequest) -> PullAnswer:
        host.heard(guest, _own_seq(guest, asked.heads))
        grant = host.grant(guest)
        with host.snapshot() as held:
            return answer_pull(held, asked, grant.scope, grant.first)

    def give_state(asker: str, guest: G, asked: StateRequest) -> StateAnswer:
        host.heard(guest, None)
        return answer_state(store, host.deputies(guest, asked.standby, asker))

    return router


def _own_seq(guest: G, heads: Positions) -> int | None:
    """Where the device says that its own journal ends."""
    position = heads.get(bytes(guest.verified.writer))
    return None if position is None else position[0]


async def _answered(
    host: Host[G],
    request: Request,
    purpose: str,
    kind: type[Q],
    answer: Callable[[G, Q], Message],
    answer_stranger: Callable[[None, Q], Message] | None = None,
) -> Response:
    token = bearer_token(request)
    guest = await run_in_threadpool(_known, host, token, purpose, answer_stranger is not None)
    if guest is not None:
        note_who(request, guest)
    body = await read_body(request, MAX_BODY_BYTES)

    def work() -> bytes:
        if guest is not None:
            guest.verified.check_body(body)
            return encode(answer(guest, decode(kind, body)))
        if answer_stranger is None:
            raise SyncError(Trouble.NOT_ENROLLED)
        asked = decode(kind, body)
        host.prove(token, purpose, _batches(asked)).check_body(body)
        return encode(answer_stranger(None, asked))

    return Response(await run_in_threadpool(work), media_type=MEDIA_TYPE)


def note_who(request: Request, guest: Guest) -> None:
    """Let the log name the device that asks."""
    request.scope["device"] = guest.number
    request.scope["writer"] = guest.verified.writer.hex()


def _known(host: Host[G], token: str, purpose: str, admits_strangers: bool) -> G | None:
    """None for a stranger that may still prove itself by what it pushes."""
    try:
        return host.recognise(token, purpose)
    except SyncError as error:
        if error.code is not Trouble.NOT_ENROLLED or not admits_strangers:
            raise
        return None


def _batches(asked: Message) -> Iterator[Batch]:
    """Those that can be read."""
    for data in asked.batches if isinstance(asked, PushRequest) else ():
        try:
            yield decode_batch(data)
        except MalformedBatch:
            continue
