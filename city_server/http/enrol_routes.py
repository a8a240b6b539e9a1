"""Enrolment: a one-time code for a certificate. The only question that a stranger may ask, and a small one."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from city_server.city import City
from city_server.enrolling import redeem
from station_core.keys import writer_id
from sync.code import fingerprint
from sync.enrol import PURPOSE, audience_of
from sync.errors import SyncError, Trouble
from sync.messages import EnrolAnswer, EnrolRequest, decode, encode
from sync.serving.body import bearer_token, read_body
from sync.token import check_token
from sync.wire import MEDIA_TYPE

MAX_BYTES = 4_096


def enrol_router(city: City) -> APIRouter:
    router = APIRouter()

    @router.post("/enrol", summary="A certificate for a one-time code")
    async def enrol(request: Request) -> Response:
        token = bearer_token(request)
        body = await read_body(request, MAX_BYTES)
        return Response(await run_in_threadpool(_enrolled, city, token, body), media_type=MEDIA_TYPE)

    return router


def _enrolled(city: City, token: str, body: bytes) -> bytes:
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
    if asked.public_key in (city.home.key.public, city.home.root.public):
        raise SyncError(Trouble.REFUSED)
    certificate = redeem(city.home, city.store, asked.secret, asked.public_key)
    about = city.home.about
    return encode(
        EnrolAnswer(
            certificate=certificate,
            root_key=city.store.root_key,
            city_id=about.id,
            name=about.name,
            title=about.title,
        )
    )
