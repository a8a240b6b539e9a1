"""For whoever watches over the server: whether it can do its work, and what it has counted."""

from enum import StrEnum

import msgspec
from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from city_server.city import City
from city_server.metrics import Metrics
from db.errors import StoreError

_HEADERS = {"Cache-Control": "no-store"}


class DatabaseState(StrEnum):
    """`other_schema`: its tables are not those of this version. `read_only`: a standby that was not promoted."""

    OK = "ok"
    UNREACHABLE = "unreachable"
    OTHER_SCHEMA = "other_schema"
    READ_ONLY = "read_only"


class Health(msgspec.Struct, frozen=True):
    """`schema` is the step at which the database's tables stand, where it could be asked and has any."""

    healthy: bool
    database: DatabaseState
    schema: str | None = None


def health_router(city: City) -> APIRouter:
    router = APIRouter()

    @router.get("/health")
    def health() -> Response:
        found = health_of(city)
        return JSONResponse(msgspec.to_builtins(found), 200 if found.healthy else 503, _HEADERS)

    return router


def metrics_router(metrics: Metrics) -> APIRouter:
    router = APIRouter()

    @router.get("/metrics")
    def text() -> Response:
        return Response(metrics.text(), headers={**_HEADERS, "Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return router


def health_of(city: City) -> Health:
    try:
        condition = city.store.condition()
    except StoreError:
        return Health(False, DatabaseState.UNREACHABLE)
    if not condition.is_ours:
        state = DatabaseState.OTHER_SCHEMA
    else:
        state = DatabaseState.OK if condition.writable else DatabaseState.READ_ONLY
    return Health(state is DatabaseState.OK, state, condition.schema)
