"""The one question that a hub answers to anybody: which device it is."""

from fastapi import APIRouter, Response

from sync.messages import HubAnswer, encode
from sync.wire import MEDIA_TYPE


def hub_router(answer: HubAnswer) -> APIRouter:
    router = APIRouter()
    body = encode(answer)

    @router.get("/hub", summary="Which device serves here")
    def who() -> Response:
        return Response(body, media_type=MEDIA_TYPE)

    return router
