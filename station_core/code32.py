"""Codes that somebody reads out and somebody else types: Crockford's Base32 with a check character at the end.

The check character (Luhn's scheme, modulo 32) finds every single wrong character and nearly every swapped pair.
"""

from station_core.people.typed import compact

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5
"""Of one character."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, "–": None, "—": None, "_": None, ".": None})


def text_of(number: int, characters: int) -> str:
    """The lowest `characters` times five bits of `number`, without a check character."""
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(BITS * (characters - 1), -1, -BITS))


def checked_text(text: str) -> str:
    """`text` with its check character."""
    return text + check_character(text)


def parse(typed: str, length: int) -> str | None:
    """The `length` characters that somebody typed, the check character among them; None where they are no such code.

    Blanks, hyphens, small and full-width letters, O for 0 and I or L for 1 are put right.
    """
    text = compact(typed).upper().translate(_READ_AS)
    is_one = len(text) == length and set(text) <= set(ALPHABET) and check_character(text[:-1]) == text[-1]
    return text if is_one else None


def grouped(text: str, size: int) -> str:
    """`text` in groups for the eye, with hyphens between them."""
    return "-".join(text[start : start + size] for start in range(0, len(text), size))


def check_character(text: str) -> str:
    total, size = 0, len(ALPHABET)
    for position, character in enumerate(reversed(text)):
        value = ALPHABET.index(character) * (1 if position % 2 else 2)
        total += value // size + value % size
    return ALPHABET[-total % size]
