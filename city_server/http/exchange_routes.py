"""The exchange's three questions. Who asks is settled before the body is read, and the body before it is unfolded."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from city_server.city import City
from city_server.devices import Device, lend_stock, note_seen, recognise, refuse_revoked, renew_if_due, scope_of
from city_server.exchange_store import CityExchangeStore
from city_server.http.body import bearer_token, read_body
from sync.answer import answer_heads, answer_pull, answer_push
from sync.messages import (
    HeadsAnswer,
    HeadsRequest,
    Message,
    Positions,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    decode,
    encode,
)
from sync.wire import MAX_BODY_BYTES, MEDIA_TYPE

Q = TypeVar("Q", bound=Message)


def exchange_router(city: City) -> APIRouter:
    router = APIRouter()
    store = CityExchangeStore(city.store)

    @router.post("/heads", summary="Where journals end here")
    async def heads(request: Request) -> Response:
        return await _answered(city, request, "heads", HeadsRequest, give_heads)

    @router.post("/push", summary="Hand in entries")
    async def push(request: Request) -> Response:
        return await _answered(city, request, "push", PushRequest, take_push)

    @router.post("/pull", summary="Fetch what is lacking")
    async def pull(request: Request) -> Response:
        return await _answered(city, request, "pull", PullRequest, give_pull)

    def give_heads(device: Device, asked: HeadsRequest) -> HeadsAnswer:
        note_seen(city, device.writer.id, _own_seq(device, asked.heads))
        return answer_heads(store, asked)

    def take_push(_: Device, asked: PushRequest) -> PushAnswer:
        return answer_push(store, asked)

    def give_pull(device: Device, asked: PullRequest) -> PullAnswer:
        note_seen(city, device.writer.id, _own_seq(device, asked.heads))
        refuse_revoked(device)
        renew_if_due(city, device.writer)
        lend_stock(city, device)
        scope = scope_of(city, device.writer)
        return answer_pull(store, asked, scope.__contains__, first=scope.city_writers)

    return router


def _own_seq(device: Device, heads: Positions) -> int | None:
    """Where the device says that its own journal ends."""
    position = heads.get(bytes(device.writer.id))
    return None if position is None else position[0]


async def _answered(
    city: City,
    request: Request,
    purpose: str,
    kind: type[Q],
    answer: Callable[[Device, Q], Message],
) -> Response:
    device = await run_in_threadpool(recognise, city, bearer_token(request), purpose)
    request.scope["device"] = device.writer.number
    body = await read_body(request, MAX_BODY_BYTES)

    def work() -> bytes:
        device.verified.check_body(body)
        return encode(answer(device, decode(kind, body)))

    return Response(await run_in_threadpool(work), media_type=MEDIA_TYPE)
