"""A TrueType font in a PDF from which every character is copied and found as what it is."""

from collections.abc import Sequence
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_BFCHAR_LIMIT = 100
"""Most entries of one bfchar section (Adobe Technical Note #5014, CMap operators)."""


class EmbeddedFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """reportlab's font with a right ToUnicode map.

    reportlab 5.1 writes a code point above U+FFFF as five hex digits, which readers take for another
    character. It also reads glyphs through one file position per face, so that two documents may not be
    finished at the same time: hence the lock.
    """

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename, asciiReadable=False)
        self._finishing = Lock()

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        with self._finishing:
            subsets = [list(subset) for subset in self._assignState(doc).subsets]
            super().addObjects(doc)
        for number, subset in enumerate(subsets):
            base_name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            cmap: pdfdoc.PDFStream = doc.idToObject[f"toUnicodeCMap:{base_name}"]
            cmap.content = to_unicode_cmap(base_name, subset)


def to_unicode_cmap(name: str, code_points: Sequence[int]) -> str:
    """The CMap from the codes 0, 1, 2, … of a one-byte subset to `code_points` (0: nothing), as ISO 32000-1
    §9.10.3 asks: the destination in UTF-16BE, with surrogates above U+FFFF."""
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(code_points)
        if point
    ]
    sections = []
    for start in range(0, len(pairs), _BFCHAR_LIMIT):
        section = pairs[start : start + _BFCHAR_LIMIT]
        sections += [f"{len(section)} beginbfchar", *section, "endbfchar"]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    tail = ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join([*head, *sections, *tail])
