"""From a code's bytes to its text, without guessing what can be known.

ISO/IEC 18004 lets a QR code say its character set (ECI), and most that hold Chinese or Japanese do not.
Libraries then guess, each in its own way, and the guess for Chinese in GB 18030 is a row of accented Latin
letters. Order of belief here: what the code declares, UTF-8 that is well formed (other sets hardly ever are
by chance), kana (Japanese), GB 18030, and last the library's own guess.
"""

import re
from contextlib import suppress

_KANA = (("\u3040", "\u30ff"),)
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")
_VOICED = re.compile("[ｶ-ﾄﾊ-ﾎｳ]ﾞ|[ﾊ-ﾎ]ﾟ")
_REPLACEMENT = "\ufffd"
_CHINESE = (("\u4e00", "\u9fff"), ("\u3400", "\u4dbf"), ("\u3000", "\u303f"), ("\uff01", "\uff5e"))


def text_of(raw: bytes, guessed: str, *, declared: bool) -> str:
    """The text of a code that holds `raw`, which the library reads as `guessed`; `declared` where the code
    names its character set. "" where no character set makes a text of it.
    """
    if declared or raw.isascii():
        return guessed
    with suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    japanese = _decoded(raw, "cp932")
    if japanese and _is_japanese(japanese):
        return japanese
    chinese = _as_chinese(raw)
    if chinese and _is_mostly_common(chinese):
        return chinese
    return chinese or "" if _REPLACEMENT in guessed else guessed


def is_certain(text: str) -> bool:
    """Whether a text comes out right whatever character set an engine took it for: printable ASCII and line
    ends.

    zbar converts before anyone can see the bytes, and takes UTF-8 and GB 18030 for Shift-JIS at times.
    """
    return bool(text) and all(" " <= character <= "~" or character in "\t\r\n" for character in text)


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_japanese(text: str) -> bool:
    """Whether Shift-JIS gave Japanese.

    Common Chinese (工人) comes out as half-width kana too: those count only where no other characters stand
    beside them and a sound mark is where Japanese has one.
    """
    beyond = "".join(character for character in text if not character.isascii())
    is_half_width = _HALF_WIDTH_KANA.fullmatch(beyond) is not None
    return _has(beyond, _KANA) or (is_half_width and _VOICED.search(text) is not None)


def _as_chinese(raw: bytes) -> str | None:
    """`raw` as GB 18030, where what is not ASCII is then Chinese."""
    text = _decoded(raw, "gb18030")
    if text is None:
        return None
    is_chinese = all(character.isascii() or _has(character, _CHINESE) for character in text)
    return text if is_chinese else None


def _is_mostly_common(text: str) -> bool:
    """Whether most of the Chinese in `text` is of the common set of GB 2312.

    It tells Chinese from accented Latin letters between plain ones, which would be rare ideographs.
    """
    beyond = [character for character in text if not character.isascii()]
    return 2 * sum(map(_is_common, beyond)) > len(beyond)


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _has(text: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= character <= last for character in text for first, last in ranges)
