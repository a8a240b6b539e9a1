"""Certificates: for a one-time code, the only question that a stranger may ask; for the next key of a known device."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from city_server.city import City
from city_server.devices import recognise
from city_server.enrolling import answer_to, redeem
from city_server.succeeding import succeed
from station_core.keys import writer_id
from sync.code import digest_of_secret, fingerprint
from sync.enrol import PURPOSE, audience_of
from sync.messages import EnrolRequest, RenewAnswer, RenewRequest, decode, encode
from sync.serving.body import bearer_token, read_body
from sync.serving.routes import note_who
from sync.token import check_token
from sync.wire import MEDIA_TYPE

MAX_BYTES = 4_096


def enrol_router(city: City) -> APIRouter:
    router = APIRouter()

    @router.post("/enrol", summary="A certificate for a one-time code")
    async def enrol(request: Request) -> Response:
        token = bearer_token(request)
        body = await read_body(request, MAX_BYTES)
        return Response(await run_in_threadpool(_enrolled, city, request, token, body), media_type=MEDIA_TYPE)

    @router.post("/renew", summary="A certificate for the next key of a device whose journal forked")
    async def renew(request: Request) -> Response:
        token = bearer_token(request)
        body = await read_body(request, MAX_BYTES)
        return Response(await run_in_threadpool(_renewed, city, request, token, body), media_type=MEDIA_TYPE)

    return router


def _enrolled(city: City, request: Request, token: str, body: bytes) -> bytes:
    """The device proves with its token that it holds the private key of what it wants certified."""
    asked = decode(EnrolRequest, body, max_bytes=MAX_BYTES)
    writer = writer_id(asked.public_key)
    audience = audience_of(fingerprint(city.store.root_key))
    verified = check_token(
        token,
        lambda named: asked.public_key if named == writer else None,
        audience,
        PURPOSE,
        city.store.now_ms(),
    )
    verified.check_body(body)
    request.scope["writer"] = writer.hex()
    certificate = redeem(city.home, city.store, digest_of_secret(asked.secret), asked.public_key)
    return encode(answer_to(city.home, certificate))


def _renewed(city: City, request: Request, token: str, body: bytes) -> bytes:
    device = recognise(city, token, "renew")
    note_who(request, device)
    device.verified.check_body(body)
    certificate = succeed(city.home, city.store, device.writer, decode(RenewRequest, body, max_bytes=MAX_BYTES))
    return encode(RenewAnswer(now_ms=city.store.now_ms(), certificate=certificate))
