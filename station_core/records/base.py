"""How a record becomes a body and a body a record."""

from typing import Any, ClassVar, TypeVar

import msgspec

from station_core import cbor
from station_core.journal.body import parts_of, split_body
from station_core.records.faults import fault_of

SALT_BYTES = 16
SALT_KEY = "s"

ID = msgspec.Meta(min_length=16, max_length=16)
"""The size of the ids of people, records and writers."""
CARD_ID = msgspec.Meta(min_length=8, max_length=8)


class MalformedRecord(ValueError):
    """A body that is not what its kind says. The text names the field and never its value."""


class Record(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The base of every kind of record. `kind` is the text in the journal.

    `open_fields` say nothing about a person and stay when the body is redacted; where there are any the body is split.
    """

    kind: ClassVar[str]
    open_fields: ClassVar[frozenset[str]] = frozenset()


R = TypeVar("R", bound=Record)


def encode_body(record: Record, salt: bytes) -> bytes:
    """The deterministic CBOR of `record` with `salt` inside."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    fields: dict[str, Any] = msgspec.to_builtins(record, builtin_types=(bytes,))
    if not record.open_fields:
        return cbor.encode(fields | {SALT_KEY: salt})
    open_part = {name: fields.pop(name) for name in record.open_fields if name in fields}
    return split_body(cbor.encode(open_part), cbor.encode(fields | {SALT_KEY: salt}))


def decode_body(record_type: type[R], body: bytes) -> R:
    """The record that `body` holds, or what is left of it. Raises MalformedRecord, also for values that not every
    database can hold.
    """
    try:
        record = msgspec.convert(_content(record_type, body), record_type, builtin_types=(bytes,))
    except cbor.MalformedCbor:
        raise MalformedRecord("the body is not CBOR") from None
    except msgspec.ValidationError as error:
        raise MalformedRecord(_without_value(str(error))) from None
    if fault := fault_of(record):
        raise MalformedRecord(f"{fault[1]} - at `$.{fault[0]}`")
    return record


def _content(record_type: type[Record], body: bytes) -> Any:
    """The map of the fields. Each must stand where it belongs: redacting takes what is about a person, and no more."""
    parts = parts_of(body)
    if parts is None:
        content = cbor.decode(body)
        if record_type.open_fields:
            raise MalformedRecord("The body is whole where it should be split")
        return content
    if not record_type.open_fields:
        raise MalformedRecord("The body is split where it should be whole")
    open_part = cbor.decode(parts.open)
    sealed = {} if parts.sealed is None else cbor.decode(parts.sealed)
    if not (isinstance(open_part, dict) and isinstance(sealed, dict)):
        raise MalformedRecord("A part of the body is no map")
    known = set(record_type.__struct_fields__)
    if misplaced := known & set(open_part) - record_type.open_fields | set(sealed) & record_type.open_fields:
        raise MalformedRecord(f"Stands in the wrong part of the body - at `$.{min(misplaced)}`")
    return sealed | open_part


def _without_value(message: str) -> str:
    """Of an enumeration the library quotes what stood there."""
    if not message.startswith("Invalid enum value"):
        return message
    return f"Not one of the known values - at {message.rpartition(' - at ')[2]}"
