"""Base45 (RFC 9285): bytes as text that a QR code holds in its alphanumeric mode.

Strict: one text for each sequence of bytes, so a changed character is either refused or changes the bytes.
"""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

_BASE = len(ALPHABET)
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
    return b"".join(_decode_group(text[start : start + 3]) for start in range(0, len(text), 3))


def _encode_group(group: bytes) -> str:
    value = int.from_bytes(group, "big")
    characters = ""
    for _ in range(len(group) + 1):
        value, digit = divmod(value, _BASE)
        characters += ALPHABET[digit]
    return characters


def _decode_group(group: str) -> bytes:
    if len(group) == 1:
        raise MalformedBase45("a single character is left over")
    value = 0
    for character in reversed(group):
        digit = _VALUES.get(character)
        if digit is None:
            raise MalformedBase45("a character is outside the Base45 alphabet")
        value = value * _BASE + digit
    try:
        return value.to_bytes(len(group) - 1, "big")
    except OverflowError:
        raise MalformedBase45("a group stands for more than its bytes can hold") from None
