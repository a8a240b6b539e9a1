"""From a code's bytes to its text, without guessing what can be known.

ISO/IEC 18004 lets a QR code say its character set (ECI), and most that hold Chinese or Japanese do not.
Libraries then guess, each in its own way, and the guess for Chinese in GB 18030 is a row of accented Latin
letters. Order of belief here: what the code declares, UTF-8 that is well formed (other sets hardly ever are
by chance), kana (Japanese), GB 18030, and last the library's own guess.
"""

from contextlib import suppress

_KANA = (("\u3040", "\u30ff"), ("\uff66", "\uff9f"))
_CHINESE = (("\u4e00", "\u9fff"), ("\u3400", "\u4dbf"), ("\u3000", "\u303f"), ("\uff01", "\uff5e"))


def text_of(raw: bytes, guessed: str, *, declared: bool) -> str:
    """The text of a code that holds `raw`, which the library reads as `guessed`; `declared` where the code
    names its character set.
    """
    if declared or raw.isascii():
        return guessed
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    if _has(guessed, _KANA):
        return guessed
    return _as_chinese(raw) or guessed


def is_certain(text: str) -> bool:
    """Whether a text comes out right whatever character set an engine took it for: printable ASCII and line
    ends.

    zbar converts before anyone can see the bytes, and takes UTF-8 and GB 18030 for Shift-JIS at times.
    """
    return bool(text) and all(" " <= character <= "~" or character in "\t\r\n" for character in text)


def _as_chinese(raw: bytes) -> str | None:
    """`raw` as GB 18030, where what is not ASCII is then Chinese, and most of it of the common set of GB
    2312.

    The second condition tells it from accented Latin letters between plain ones, which would be rare
    ideographs.
    """
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    beyond = [character for character in text if not character.isascii()]
    common = sum(_is_common(character) for character in beyond)
    return (
        text if all(_has(character, _CHINESE) for character in beyond) and 2 * common > len(beyond) else None
    )


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _has(text: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= character <= last for character in text for first, last in ranges)
