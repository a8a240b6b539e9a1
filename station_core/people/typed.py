"""What keyboards, input methods and scanners do to plain text, undone."""

INVISIBLE = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad")
"""Format characters that come along when text is pasted and mean nothing in what people type here."""

_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """`text` with full-width ASCII (ＡＢＣ１２３) and the ideographic space made half-width."""
    return text.translate(_HALF_WIDTH)


def compact(text: str) -> str:
    """`text` half-width, without blanks and invisible characters: for numbers."""
    return "".join(one for one in half_width(text) if not one.isspace() and one not in INVISIBLE)
