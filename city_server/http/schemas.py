"""JSON Schemas of messages, made of their types."""

from collections.abc import Iterable
from typing import Any

import msgspec

from sync.messages import VERSION, Position, Seq, Writer

_REF = "#/components/schemas/{name}"
_BASE64_CHARACTER = "[A-Za-z0-9+/]"
_BASE64_OF = {
    24: f"^{_BASE64_CHARACTER}{{21}}[AQgw]==$",
    44: f"^{_BASE64_CHARACTER}{{42}}[AEIMQUYcgkosw048]=$",
    88: f"^{_BASE64_CHARACTER}{{85}}[AQgw]==$",
}
"""Byte strings of 16, 32 and 64 bytes by their length in Base64, the bits left over being zero."""

_BASE64 = f"^({_BASE64_CHARACTER}{{4}})*({_BASE64_CHARACTER}[AQgw]==|{_BASE64_CHARACTER}{{2}}[AEIMQUYcgkosw048]=)?$"
_PAIRS: dict[str, Any] = {"Position": Position, "Fork": tuple[Writer, Seq]}
"""Pairs that have names in the description, so that they stand there once."""

_WRITER = {"type": "string", "pattern": _BASE64_OF[24]}


def ref(name: str) -> dict[str, str]:
    """A reference to the schema of that name."""
    return {"$ref": _REF.format(name=name)}


def schemas_of(types: Iterable[type]) -> dict[str, Any]:
    """The schemas of `types` and of all that they are made of, by name."""
    _, found = msgspec.json.schema_components(list(types), ref_template=_REF)
    pairs, _ = msgspec.json.schema_components(_PAIRS.values(), ref_template=_REF)
    named = [(schema, ref(name)) for name, schema in zip(_PAIRS, pairs, strict=True)]
    told = {name: _told(schema, named) for name, schema in found.items()}
    return told | {name: _told(schema, []) for name, schema in zip(_PAIRS, pairs, strict=True)}


def _told(schema: Any, named: list[tuple[Any, dict[str, str]]]) -> Any:
    """What the types mean and their schemas do not say: version, and bytes, for `contentEncoding` binds nobody.

    `named`: schemas in whose place a reference stands.
    """
    if isinstance(schema, list):
        return [_told(one, named) for one in schema]
    if not isinstance(schema, dict):
        return schema
    for whole, reference in named:
        if schema == whole:
            return reference
    told = {key: _told(value, named) for key, value in schema.items()}
    if told.get("contentEncoding") == "base64":
        told["pattern"] = _BASE64_OF.get(told.get("minLength", 0), _BASE64)
    if "additionalProperties" in told:  # maps have writers as their keys
        told["propertyNames"] = _WRITER
    if "v" in told.get("properties", ()):
        told["properties"]["v"] = {"const": VERSION, "default": VERSION}
    return told
