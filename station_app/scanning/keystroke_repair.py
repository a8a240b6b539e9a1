"""Undoing what keyboards and input methods do to the text that a scanner types."""

import re

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: ord(" ")}

_FULL_WIDTH_LETTERS = {code: plain for code, plain in _FULL_WIDTH.items() if chr(plain).isalnum()}

_CHINESE_PUNCTUATION = str.maketrans(
    {
        "。": ".",
        "、": "/",
        "￥": "$",
        "¥": "$",
        "·": "`",
        "《": "<",
        "》": ">",
        "【": "[",
        "】": "]",
        "「": "{",
        "」": "}",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
    }
)
"""What Chinese input methods make of keys of the US layout (a full-width form is repaired by its number
instead).
"""

_BASE45 = re.compile(r"[0-9A-Z $%*+\-./:]+")
"""RFC 9285 §4: the alphabet of a signed card."""

_SYMBOLOGY_IDENTIFIER = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
"""ISO/IEC 15424: scanners can be set to say first what kind of code they saw, such as ``]Q1``."""

_SHORTEST_CARD = 60
_SHORTEST_DOUBLE = 24


def repaired(text: str) -> str:
    """`text` in half-width, without control characters, identifier and repetition, its
    case mended where it can be known.

    Punctuation is undone only where no ideograph stands in the text: there it is what the code says.
    """
    if has_ideograph(text):
        text = text.translate(_FULL_WIDTH_LETTERS)
    else:
        text = text.replace("……", "^").replace("——", "_").translate(_FULL_WIDTH)
        text = text.translate(_CHINESE_PUNCTUATION)
    text = "".join(character for character in text if character.isprintable() or character == "\x1d")
    text = _SYMBOLOGY_IDENTIFIER.sub("", text)
    return _in_card_case(_once(text))


def without_caps_lock(characters: list[tuple[str, bool | None]]) -> str:
    """The typed characters, each with whether Shift was held, as they are without Caps Lock.

    A scanner holds Shift for capitals. Where every letter contradicts its Shift, Caps Lock is on, and cases
    are turned round. Capitals without any Shift stay: some scanners switch Caps Lock themselves to type them.
    """
    letters = [(character, shift) for character, shift in characters if shift is not None and _has_case(character)]
    text = "".join(character for character, _ in characters)
    is_locked = bool(letters) and any(shift for _, shift in letters)
    is_locked = is_locked and all(character.isupper() != shift for character, shift in letters)
    return text.swapcase() if is_locked else text


def has_ideograph(text: str) -> bool:
    """Whether a Chinese character stands in `text`."""
    return any("\u3400" <= character <= "\u9fff" or character >= "\U00020000" for character in text)


def _has_case(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _once(text: str) -> str:
    """A long text that is typed twice without anything between is meant once. Short ones may be like that:
    123123.
    """
    half = len(text) // 2
    return text[:half] if half >= _SHORTEST_DOUBLE and text[:half] * 2 == text else text


def _in_card_case(text: str) -> str:
    """A long text in small letters that is Base45 but for its case, digits and signs among it as often as
    there, is a card's.
    """
    capitals = text.upper()
    is_small = text == text.lower() != capitals
    if not is_small or len(text) < _SHORTEST_CARD or _BASE45.fullmatch(capitals) is None or "://" in text:
        return text
    digits = sum(character.isdigit() for character in text)
    signs = sum(not character.isalnum() for character in text)
    return capitals if min(digits, signs) * 12 >= len(text) else text
