"""Words in alphabets: folded so that typing without accents finds them."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"['’ʼ]")
_UNDECOMPOSED = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def folded(text: str) -> str:
    """Lower-case and without accents: ``Siobhán`` → ``siobhan``, ``Пётр`` → ``петр``."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in decomposed if not _is_mark(one)).translate(_UNDECOMPOSED)


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`: ``O'Connor-Müller`` → (oconnor, muller)."""
    return tuple(_WORD.findall(_ELIDED.sub("", folded(text))))


def _is_mark(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "M" or category == "Cf"
