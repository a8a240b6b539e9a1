"""The layout of the Token Status List draft's examples: a text file with a list or a token, in hexadecimal or JSON.

What must come out stands in the file (`byte_array = […]`, `status[7]=1`), or, for the examples that the draft describes
in its own text, in draft_statuses.toml beside this module. A list of which neither says anything is not judged.
"""

import base64
import binascii
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from station_core import cbor
from station_core.credential import cose, cwt, statuslist
from station_core.credential.public_keys import ec_key
from station_core.credential.statuslist import MalformedStatusList, StatusList

from devtools.vectors.finding import Step, attempted, expect, not_judged

NAME = "status-list"

_BYTES = re.compile(r"byte_array\s*=\s*\[([^\]]*)\]")
_STATUS = re.compile(r"status\[(\d+)\]\s*=\s*(0b[01]+|\d+)")
_COMPACT_JWS = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")


def recognises(text: str) -> bool:
    return _cbor_of(text) is not None or _json_of(text) is not None or _is_jwt(text)


def judge(file: Path, text: str) -> Iterator[Step]:
    if _is_jwt(text):
        yield not_judged("token", "the product reads the CWT form, and this is the JWT form")
        return
    in_json = _json_of(text)
    item = in_json if in_json is not None else attempted(lambda: _item(text), cbor.MalformedCbor)
    if isinstance(item, cose.Sign1):
        yield from _token(file, item)
    elif isinstance(item, Exception):
        yield expect("form", item, "a status list or a token")
    else:
        yield _list(file, text, item)


def _item(text: str) -> Any:
    data = _cbor_of(text)
    try:
        return cose.parse_sign1(data or b"", max_bytes=statuslist.MAX_BYTES)
    except cose.MalformedCose:
        return cbor.decode(data or b"", max_depth=cose.MAX_DEPTH, max_bytes=statuslist.MAX_BYTES)


def _list(file: Path, text: str, item: Any) -> Step:
    statuses = attempted(lambda: statuslist.unpack(item), MalformedStatusList)
    if not isinstance(statuses, StatusList):
        return expect("statuses", statuses, "a status list")
    stated_bytes = _BYTES.search(text)
    if stated_bytes:
        return expect("statuses", statuses.packed, bytes(int(byte, 0) for byte in stated_bytes[1].split(",")))
    stated = {int(index): int(status, 0) for index, status in _STATUS.findall(text)} or _of_draft(file)
    if not stated:
        return not_judged(
            "statuses", f"{len(statuses)} entries of {statuses.bits} bits; nothing says what they must be"
        )
    return _as_stated(statuses, stated)


def _as_stated(statuses: StatusList, stated: Mapping[int, int]) -> Step:
    """Entries that are not stated are 0, as the draft says of its examples, of which each has 2^20 entries."""
    size = max(2**20, *stated)
    wanted = attempted(lambda: statuslist.make(size, stated, bits=statuses.bits), ValueError)
    if not isinstance(wanted, StatusList):
        return expect("statuses", wanted, "statuses that fit the list")
    if len(statuses) != len(wanted):
        return expect("entries", len(statuses), len(wanted))
    wrong = (
        {index: statuses.status(index) for index in range(size) if statuses.status(index) != wanted.status(index)}
        if statuses != wanted
        else {}
    )
    return expect("statuses", wrong, {})


def _token(file: Path, message: cose.Sign1) -> Iterator[Step]:
    about = _draft()["tokens"].get(_stem(file))
    if about is None:
        yield not_judged("token", "nothing says what it must hold")
        return
    key = _draft()["key"]
    yield expect("signature", message.verify(ec_key(key["crv"], _base64(key["x"]), _base64(key["y"]))), True)
    claims = attempted(lambda: cwt.decode(message.payload), cwt.MalformedClaims)
    if not isinstance(claims, cwt.Claims):
        yield expect("claims", claims, "claims")
    elif "reference" in about:
        yield expect("reference", claims.others.get(cwt.Claim.STATUS), {"status_list": about["reference"]})
    else:
        yield expect("type", message.protected.get(cose.Header.TYPE), statuslist.TYPE)
        signed = attempted(lambda: statuslist.from_claims(claims), MalformedStatusList)
        came = signed
        if isinstance(signed, statuslist.SignedStatusList):
            came = (signed.uri, signed.issued_at_s, signed.expires_at_s, signed.time_to_live_s, *_entries(signed))
        stated = (about["uri"], about["issued_at_s"], about["expires_at_s"], about["time_to_live_s"])
        yield expect("list", came, (*stated, *about["statuses"]))


def _entries(signed: statuslist.SignedStatusList) -> list[int]:
    return [signed.statuses.status(index) for index in range(len(signed.statuses))]


def _cbor_of(text: str) -> bytes | None:
    """The hexadecimal in `text`, without what follows a # in a line of an annotated form; None where there is none."""
    plain = "".join(line.partition("#")[0] for line in text.rpartition("encoded:")[2].splitlines())
    digits = re.sub(r"\s", "", plain)
    return bytes.fromhex(digits) if _HEX.fullmatch(digits) else None


def _json_of(text: str) -> dict[str, Any] | None:
    """A list in JSON, as the same map that CBOR holds."""
    body = text.rpartition("encoded:")[2]
    try:
        item = json.loads(re.sub(r"\n\s*", "", body))
        if isinstance(item, dict) and {"bits", "lst"} <= item.keys():
            return item | {"lst": _base64(item["lst"])}
    except (ValueError, TypeError, AttributeError, binascii.Error):
        pass
    return None


def _is_jwt(text: str) -> bool:
    joined = re.sub(r"\s", "", text)
    return (joined.startswith("eyJ") and _COMPACT_JWS.fullmatch(joined) is not None) or "statuslist+jwt" in text


def _base64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _stem(file: Path) -> str:
    return file.stem.removesuffix("_diag").removesuffix("_cbor").removesuffix("_json")


def _of_draft(file: Path) -> dict[int, int]:
    return {int(index): status for index, status in _draft()["lists"].get(_stem(file), {}).items()}


@cache
def _draft() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("draft_statuses.toml").read_text(encoding="utf-8"))
