"""What schemathesis must be told to speak with a city: how messages are packed, and how requests are signed.

It loads this module where `$SCHEMATHESIS_HOOKS` names it. Whom it asks for stands in `$CITY_FUZZED`, as JSON.
"""

import base64
import binascii
import json
import os
from typing import Any

import msgspec
import requests
import schemathesis
import zstandard
from requests.auth import AuthBase

from city_server.city import wall_ms
from city_server.http.described import QUESTIONS
from station_core import cbor
from station_core.keys import SigningKey
from sync.enrol import audience_of
from sync.messages import EnrolRequest, Message, decode
from sync.token import make_token
from sync.transport import PATH
from sync.wire import MEDIA_TYPE

_ASKED = {question.purpose: question.request for question in QUESTIONS}
_ANSWERED = {question.purpose: question.answer for question in QUESTIONS}


_TOLD: dict[str, str] = json.loads(os.environ["CITY_FUZZED"])
_KEY = SigningKey(bytes.fromhex(_TOLD["key"]))


class SignedByTheStation(AuthBase):
    """Signs what is about to be sent, as a station would."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        purpose = request.path_url.partition("?")[0].rpartition("/")[2]
        audience = audience_of(_TOLD["fingerprint"]) if purpose == "enrol" else _TOLD["city"]
        sent = request.body or b""
        body = sent.encode() if isinstance(sent, str) else sent
        if not isinstance(body, bytes):
            raise TypeError("a stream cannot be signed before it is read")
        token = make_token(_KEY, audience, purpose, body, wall_ms())
        request.headers["Authorization"] = f"Bearer {token}"
        return request


schemathesis.auth.set_from_requests(SignedByTheStation()).apply_to(  # type: ignore[attr-defined]
    path_regex=f"^{PATH}/"
)


@schemathesis.serializer(MEDIA_TYPE)
def packed(context: schemathesis.SerializationContext, value: Any) -> bytes | None:
    """The message whose JSON form `value` is; where it is none, the nearest CBOR to it.

    Whoever wants to enrol signs with the key that it wants certified: we have but one.
    """
    kind = _ASKED[_purpose(context.case.operation)]
    try:
        message = msgspec.convert(value, kind)
        if isinstance(message, EnrolRequest):
            message = msgspec.structs.replace(message, public_key=_KEY.public)
        plain: Any = msgspec.to_builtins(message, builtin_types=(bytes,))
    except (msgspec.ValidationError, UnicodeEncodeError):
        plain = _with_bytes(value)
    try:
        return zstandard.compress(cbor.encode(plain))
    except (TypeError, ValueError, OverflowError):
        return b""


@schemathesis.deserializer(MEDIA_TYPE)
def unpacked(context: schemathesis.DeserializationContext, response: schemathesis.Response) -> Any:
    """The JSON form of an answer."""
    kind: type[Message] = _ANSWERED[_purpose(context.operation)]
    return msgspec.to_builtins(decode(kind, response.content), str_keys=True)


def _purpose(operation: Any) -> str:
    purpose: str = operation.path.rpartition("/")[2]
    return purpose


def _with_bytes(value: Any) -> Any:
    """`value` with its Base64 undone wherever there is any."""
    match value:
        case dict():
            return {key if key in _FIELDS else _bytes_or_same(key): _with_bytes(one) for key, one in value.items()}
        case list():
            return [_with_bytes(one) for one in value]
        case str():
            return _bytes_or_same(value)
    return value


_FIELDS = {name for kind in _ASKED.values() for name in kind.__struct_fields__}


def _bytes_or_same(text: str) -> str | bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return text
