"""The city's interface in OpenAPI 3.1. The messages' schemas are made of the very types that read and write them.

Bodies of the exchange are CBOR, which JSON Schema cannot speak of; what stands here is each message's JSON form: the
same maps and arrays, with byte strings in Base64. What the fields mean and which rules hold is in docs/sync.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from city_server.http.operations import Health
from city_server.http.schemas import ref, schemas_of
from sync import messages
from sync.errors import Trouble
from sync.messages import Message
from sync.serving.problems import MEDIA_TYPE as PROBLEM_TYPE
from sync.serving.problems import STATUS
from sync.transport import PATH
from sync.wire import MAX_BODY_BYTES, MAX_MESSAGE_BYTES, MEDIA_TYPE

_SCHEME = "deviceToken"

_ANY_BODY = (Trouble.GARBLED, Trouble.TOO_OLD, Trouble.TOO_LARGE, Trouble.WRONG_MEDIA_TYPE, Trouble.BUSY)
_ANY_TOKEN = (Trouble.REFUSED, Trouble.NOT_ENROLLED, Trouble.OTHER_CITY, Trouble.CLOCK_OFF)
_CODES = (Trouble.CODE_UNKNOWN, Trouble.CODE_USED, Trouble.CODE_EXPIRED)


@dataclass(frozen=True, slots=True)
class Question:
    """One purpose of the exchange: what is asked and answered, and what can be wrong besides what always can."""

    purpose: str
    summary: str
    request: type[Message]
    answer: type[Message]
    troubles: tuple[Trouble, ...] = ()


QUESTIONS = (
    Question("heads", "Where journals end here", messages.HeadsRequest, messages.HeadsAnswer),
    Question("push", "Hand in entries", messages.PushRequest, messages.PushAnswer),
    Question("pull", "Fetch what is lacking", messages.PullRequest, messages.PullAnswer, (Trouble.REVOKED,)),
    Question("state", "Whether anything has changed here", messages.StateRequest, messages.StateAnswer),
    Question("enrol", "A certificate for a one-time code", messages.EnrolRequest, messages.EnrolAnswer, _CODES),
    Question(
        "renew",
        "A certificate for the next key of a device whose journal forked",
        messages.RenewRequest,
        messages.RenewAnswer,
        (Trouble.REVOKED,),
    ),
)


@cache
def described(*, shows_metrics: bool = True) -> dict[str, Any]:
    """The whole document."""
    paths = {f"{PATH}/{question.purpose}": {"post": _question(question)} for question in QUESTIONS}
    paths |= {"/health": {"get": _HEALTH}, "/": {"get": _PAGE}}
    if shows_metrics:
        paths["/metrics"] = {"get": _METRICS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Worker service station: city", "version": "1", "description": _DESCRIPTION},
        "paths": paths,
        "components": {
            "securitySchemes": {
                _SCHEME: {"type": "http", "scheme": "bearer", "bearerFormat": "CWT", "description": _WHO_ASKS}
            },
            "schemas": {"Problem": _PROBLEM, **schemas_of(_types())},
        },
    }


def _types() -> list[type]:
    return [Health, *(kind for question in QUESTIONS for kind in (question.request, question.answer))]


_DESCRIPTION = f"""\
Here stations hand in what they recorded and fetch what they lack. Bodies of `{MEDIA_TYPE}` are a CBOR map \
(RFC 8949) in one zstd frame (RFC 8878) that states its content's size: at most {MAX_BODY_BYTES} bytes, \
{MAX_MESSAGE_BYTES} when unfolded. The compression is part of the type; there is no Content-Encoding. \
The schemas show each message's JSON form, with byte strings in Base64. Keys that are not known are passed over."""

_WHO_ASKS = """\
A CWT (RFC 8392) in a COSE_Sign1, in Base64url: signed by the device for this city, this purpose and this body, \
valid for minutes."""


def _question(question: Question) -> dict[str, Any]:
    troubles = (*_ANY_BODY, *_ANY_TOKEN, *question.troubles)
    return {
        "operationId": question.purpose,
        "summary": question.summary,
        "tags": ["exchange"],
        "security": [{_SCHEME: []}],
        "requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": ref(question.request.__name__)}}},
        "responses": {"200": _answer("The answer", MEDIA_TYPE, ref(question.answer.__name__)), **_problems(troubles)},
    }


def _answer(description: str, media_type: str, schema: Mapping[str, Any], **headers: str) -> dict[str, Any]:
    named = {
        "X-Request-Id": "Names this answer in the server's log",
        **{_header(name): headers[name] for name in headers},
    }
    return {
        "description": description,
        "headers": {name: {"description": meaning, "schema": {"type": "string"}} for name, meaning in named.items()},
        "content": {media_type: {"schema": schema}},
    }


def _header(name: str) -> str:
    return name.replace("_", "-")


def _problems(troubles: Iterable[Trouble]) -> dict[str, Any]:
    """By status: which codes it comes with."""
    codes: dict[int, list[str]] = {500: [Trouble.CITY_FAILED.value]}
    for trouble in troubles:
        codes.setdefault(STATUS[trouble], []).append(trouble.value)
    more = {401: {"WWW_Authenticate": "Bearer"}, 503: {"Retry_After": "Seconds to wait"}}
    return {
        str(status): _answer(" · ".join(codes[status]), PROBLEM_TYPE, ref("Problem"), **more.get(status, {}))
        for status in sorted(codes)
    }


_PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `offset_ms` and `minutes` come with clock_off, `reason` with revoked.",
    "properties": {
        "type": {"const": "about:blank"},
        "status": {"type": "integer"},
        "code": {"enum": [*(trouble.value for trouble in STATUS), Trouble.CITY_FAILED.value]},
        "detail": {"type": "string"},
        "offset_ms": {"type": "integer"},
        "minutes": {"type": "integer"},
        "reason": {"type": "string"},
    },
    "required": ["type", "status", "code"],
}


def _whoever_asks(operation: str, summary: str, responses: Mapping[str, Any]) -> dict[str, Any]:
    """A question that takes no token."""
    failed = _problems(())
    return {"operationId": operation, "summary": summary, "tags": ["operations"], "responses": {**responses, **failed}}


_HEALTH = _whoever_asks(
    "health",
    "Whether the process lives, its database answers, and the tables are of this version",
    {
        "200": _answer("It can do its work", "application/json", ref("Health")),
        "503": _answer("It cannot", "application/json", ref("Health")),
    },
)
_METRICS = _whoever_asks(
    "metrics",
    "Counters and gauges in Prometheus' text format",
    {"200": _answer("All of them", "text/plain", {"type": "string"})},
)
_PAGE = _whoever_asks(
    "page",
    "The city's page, in numbers",
    {
        "200": _answer("HTML", "text/html", {"type": "string"}),
        "503": _answer(Trouble.BUSY.value, PROBLEM_TYPE, ref("Problem"), Retry_After="Seconds to wait"),
    },
) | {
    "parameters": [
        {
            "name": "lang",
            "in": "query",
            "description": "`en` for English; everything else is Chinese",
            "schema": {"type": "string", "default": "zh"},
        }
    ]
}
