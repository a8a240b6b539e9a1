"""The layout of the EU Digital COVID Certificate's test data: a JSON file a case, with every step and what must come.

Judged are the steps that the product has too: prefix, Base45, zlib, CBOR, signature and dates. Whether the certificate
may sign that kind of health record, and whether the record keeps its schema, is the health system's own matter.
"""

import base64
import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from station_core import cbor
from station_core.credential import base45, cose, cwt, inflate
from station_core.credential.public_keys import read_public_key
from station_core.credential.signatures import PublicKey

from devtools.vectors.finding import Outcome, Step, attempted, expect, not_judged

NAME = "dcc"
PREFIX = "HC1:"
HEALTH_CERTIFICATE = -260
MAX_BYTES = 64 * 1024
KNOWN_ISSUES = "known_issues.csv"


def recognises(content: Any) -> bool:
    return isinstance(content, Mapping) and "EXPECTEDRESULTS" in content and "TESTCTX" in content


def judge(file: Path, content: Mapping[str, Any]) -> Iterator[Step]:
    case = _Case(content)
    stated = {name: value for name, value in content["EXPECTEDRESULTS"].items() if isinstance(value, bool)}
    disputed = _disputed(file)
    for name, value in stated.items():
        check = _CHECKS.get(name)
        if check is None:
            yield not_judged(name, "no step of the product")
        else:
            step = check(case, name, value)
            is_disputed = step.outcome is Outcome.FAILED and name in disputed
            yield Step(name, Outcome.DISPUTED, disputed[name]) if is_disputed else step
    if not stated:
        yield not_judged("EXPECTEDRESULTS", "nothing is stated")


@dataclass(frozen=True, slots=True)
class _Case:
    content: Mapping[str, Any]

    def hexadecimal(self, field: str) -> bytes | None:
        """None where the case does not carry the field, or not in hexadecimal."""
        try:
            return bytes.fromhex(self.content.get(field) or "") or None
        except (TypeError, ValueError):
            return None

    @property
    def text(self) -> str:
        """Base45, without the prefix where there is one."""
        return str(self.content.get("PREFIX") or self.content.get("BASE45") or "").removeprefix(PREFIX)

    def unfolded(self) -> bytes:
        return inflate.inflate(base45.decode(self.text), max_bytes=MAX_BYTES)

    def message(self) -> cose.Sign1:
        return cose.parse_sign1(self.hexadecimal("COSE") or self.unfolded(), allow_indefinite=True)

    def claims(self) -> cwt.Claims:
        return cwt.decode(self.message().payload, allow_indefinite=True)

    def trusted(self) -> tuple[bytes, PublicKey]:
        """Key id (first 8 bytes of the certificate's SHA-256) and public key that the case trusts."""
        stated = str(self.content["TESTCTX"].get("CERTIFICATE") or "")
        der = base64.b64decode("".join(line for line in stated.splitlines() if not line.startswith("-----")))
        return sha256(der).digest()[:8], read_public_key(der)


def _unprefix(case: _Case, name: str, stated: bool) -> Step:
    return expect(name, str(case.content.get("PREFIX", "")).startswith(PREFIX), stated)


def _base45(case: _Case, name: str, stated: bool) -> Step:
    came = attempted(lambda: base45.decode(case.text), base45.MalformedBase45)
    return _bytes_step(name, came, stated, case.hexadecimal("COMPRESSED"))


def _compression(case: _Case, name: str, stated: bool) -> Step:
    came = attempted(case.unfolded, (base45.MalformedBase45, inflate.MalformedZlib))
    return _bytes_step(name, came, stated, case.hexadecimal("COSE"))


def _bytes_step(name: str, came: object, stated: bool, wanted: bytes | None) -> Step:
    """Whether it could be decoded; where it had to, also whether the very bytes came that the case carries."""
    if stated and isinstance(came, bytes) and wanted is not None:
        return expect(name, came, wanted)
    if stated and not isinstance(came, bytes):
        return expect(name, came, "bytes")
    return expect(name, isinstance(came, bytes), stated)


def _verify(case: _Case, name: str, stated: bool) -> Step:
    """A message that cannot be read, or a trusted certificate without a usable key, verifies as little as a forgery."""
    try:
        (key_id, key), message = case.trusted(), case.message()
    except ValueError as error:
        return expect(name, error, True) if stated else expect(name, False, False)
    return expect(name, message.key_id == key_id and message.verify(key), stated)


def _expiration(case: _Case, name: str, stated: bool) -> Step:
    """`true` means that the certificate holds at the stated time; one from the future holds as little as an expired.

    The health system's rule is "after expired": it lets the second of `exp` itself still count, as RFC 8392 does not.
    """
    now_s = _clock_s(case.content["TESTCTX"].get("VALIDATIONCLOCK"))
    if now_s is None:
        return not_judged(name, "no time is stated that could be read")
    try:
        claims = case.claims()
    except ValueError as error:
        return expect(name, error, True) if stated else expect(name, False, False)
    return expect(name, claims.has_begun_at(now_s) and not claims.has_ended_at(now_s - 1), stated)


def _decode(case: _Case, name: str, stated: bool) -> Step:
    """Some cases carry all claims as CBOR, and some only the health certificate among them, bare or in its map."""
    try:
        found = cbor.decode(case.message().payload, allow_indefinite=True)
        wrapped = found[HEALTH_CERTIFICATE]
        record = wrapped[1]
        if isinstance(record, bytes):
            record = cbor.decode(record, allow_indefinite=True)
    except (ValueError, LookupError, TypeError) as error:
        return expect(name, error, True) if stated else expect(name, False, False)
    theirs = case.hexadecimal("CBOR")
    if not stated or theirs is None:
        return expect(name, True, stated)
    wanted = attempted(lambda: cbor.decode(theirs, allow_indefinite=True), cbor.MalformedCbor)
    return expect(name, next((one for one in (found, wrapped) if one == wanted), record), wanted)


def _clock_s(stated: object) -> int | None:
    try:
        moment = datetime.fromisoformat(str(stated).strip())
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


_CHECKS: dict[str, Callable[[_Case, str, bool], Step]] = {
    "EXPECTEDUNPREFIX": _unprefix,
    "EXPECTEDB45DECODE": _base45,
    "EXPECTEDCOMPRESSION": _compression,
    "EXPECTEDDECODE": _decode,
    "EXPECTEDVERIFY": _verify,
    "EXPECTEDEXPIRATIONCHECK": _expiration,
}
_ISSUES = {
    "test_base45_decode": "EXPECTEDB45DECODE",
    "test_compression": "EXPECTEDCOMPRESSION",
    "test_cbor_json": "EXPECTEDDECODE",
    "test_verification_check": "EXPECTEDVERIFY",
    "test_expiration_check": "EXPECTEDEXPIRATIONCHECK",
}
"""What the data's own list of known issues calls the steps."""


def _disputed(file: Path) -> dict[str, str]:
    """Step → where the dispute is told, for a case that the list of known issues beside the data names."""
    for folder in file.parents[1:4]:
        listed = folder / KNOWN_ISSUES
        if listed.is_file():
            rows = list(csv.DictReader(listed.read_text(encoding="utf-8-sig").splitlines()))
            country = file.relative_to(folder).parts[0]
            return {
                _ISSUES[row["test_name"]]: row["reason"]
                for row in rows
                if row.get("test_name") in _ISSUES
                and row.get("country") == country
                and row.get("test_set") in ("", file.stem)
            }
    return {}
