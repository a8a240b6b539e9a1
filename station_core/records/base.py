"""How a record becomes a body and a body a record."""

from typing import Any, ClassVar, TypeVar

import msgspec

from station_core import cbor

SALT_BYTES = 16
SALT_KEY = "s"


class MalformedRecord(ValueError):
    """A body that is not what its kind says. The text names the field and never its value."""


class Record(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The base of every kind of record. `kind` is the text in the journal."""

    kind: ClassVar[str]


R = TypeVar("R", bound=Record)


def encode_body(record: Record, salt: bytes) -> bytes:
    """The deterministic CBOR of `record` with `salt` inside."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    fields: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(bytes,))
    fields[SALT_KEY] = salt
    return cbor.encode(fields)


def decode_body(record_type: type[R], body: bytes) -> R:
    """The record that `body` holds. Raises MalformedRecord."""
    try:
        return msgspec.convert(cbor.decode(body), record_type, builtin_types=(bytes,))
    except cbor.MalformedCbor as error:
        raise MalformedRecord(f"the body is not CBOR: {error}") from None
    except msgspec.ValidationError as error:
        raise MalformedRecord(str(error)) from None
