"""Base45 (RFC 9285): bytes as text that a QR code holds in its alphanumeric mode.

Strict: one text for each sequence of bytes, so a changed character is either refused or changes the bytes.
"""

import struct

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

_BASE = len(ALPHABET)
_GROUP = 3
_MAX_BYTE = 255
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


class MalformedBase45(ValueError):
    """The text is not Base45."""


def encode(data: bytes) -> str:
    """Three characters for each two bytes, two for a last single byte."""
    return "".join(_encode_group(data[start : start + 2]) for start in range(0, len(data), 2))


def decode(text: str) -> bytes:
    """The bytes that `text` stands for.

    Raises MalformedBase45: a character outside the alphabet, a length that no bytes give, a group that stands
    for more than its bytes can hold.
    """
    whole = len(text) - len(text) % _GROUP
    try:
        digits = [_VALUES[character] for character in text]
        pairs = struct.pack(
            f">{whole // _GROUP}H",
            *(
                low + _BASE * middle + _BASE * _BASE * high
                for low, middle, high in zip(digits[0:whole:3], digits[1:whole:3], digits[2:whole:3], strict=True)
            ),
        )
    except KeyError:
        raise MalformedBase45("a character is outside the Base45 alphabet") from None
    except struct.error:
        raise MalformedBase45("a group stands for more than its bytes can hold") from None
    return pairs + _last_byte(digits[whole:])


def _last_byte(digits: list[int]) -> bytes:
    if not digits:
        return b""
    if len(digits) == 1:
        raise MalformedBase45("a single character is left over")
    low, high = digits
    if low + _BASE * high > _MAX_BYTE:
        raise MalformedBase45("a group stands for more than its bytes can hold")
    return bytes([low + _BASE * high])


def _encode_group(group: bytes) -> str:
    value = int.from_bytes(group, "big")
    characters = ""
    for _ in range(len(group) + 1):
        value, digit = divmod(value, _BASE)
        characters += ALPHABET[digit]
    return characters
