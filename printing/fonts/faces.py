"""The shipped faces, each loaded once and only when a text needs it (the rare one is 30 MB)."""

import struct
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from threading import Lock
from typing import Any, ClassVar

from reportlab.pdfbase import pdfmetrics

from printing.fonts.embedding import EmbeddedFont
from resources import path

_loading = Lock()


class Weight(StrEnum):
    REGULAR = "regular"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class InkSpan:
    """How far ink reaches above and below the baseline, in em; `below_em` counts downwards."""

    above_em: float
    below_em: float


class Face:
    """One font file. Get it from `of`, so that it is loaded once for all documents and threads."""

    _loaded: ClassVar[dict[str, "Face"]] = {}

    def __init__(self, file_name: str) -> None:
        self.font_name = f"station-{file_name}"
        self._font = EmbeddedFont(self.font_name, str(path("fonts", f"{file_name}.ttf")))
        pdfmetrics.registerFont(self._font)

    @classmethod
    def of(cls, file_name: str) -> "Face":
        with _loading:
            if file_name not in cls._loaded:
                cls._loaded[file_name] = cls(file_name)
            return cls._loaded[file_name]

    def has(self, character: str) -> bool:
        return bool(self._tables.charToGlyph.get(ord(character), 0))

    def width_em(self, character: str) -> float:
        return float(self._tables.getCharWidth(ord(character))) / 1000

    def ink(self, character: str) -> InkSpan:
        """From the glyph's own bounding box (OpenType `glyf` header); a space has none."""
        tables = self._tables
        glyph = tables.charToGlyph[ord(character)]
        start, end = tables.glyphPos[glyph], tables.glyphPos[glyph + 1]
        if start == end:
            return InkSpan(0, 0)
        header = self._glyf_start + start
        _, _, y_min, _, y_max = struct.unpack(">5h", tables._ttf_data[header : header + 10])  # noqa: SLF001
        return InkSpan(y_max / tables.unitsPerEm, -y_min / tables.unitsPerEm)

    @property
    def _tables(self) -> Any:
        return self._font.face

    @cached_property
    def _glyf_start(self) -> int:
        return int(self._tables.get_table_pos("glyf")[0])


MAIN_FACES = {Weight.REGULAR: "NotoSansSC-Regular", Weight.BOLD: "NotoSansSC-Bold"}
RARE_FACE = "HanaMinB"
