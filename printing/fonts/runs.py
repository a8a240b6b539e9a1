"""A text as runs of characters that one face shows."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from printing.fonts.faces import MAIN_FACES, RARE_FACE, Face, InkSpan, Weight
from printing.refusals import MissingGlyph


@dataclass(frozen=True, slots=True)
class Run:
    face: Face
    text: str
    fallback: bool
    """Whether the face stands in for one that lacks these characters."""


def split_runs(text: str, weight: Weight) -> tuple[Run, ...]:
    """`text` in the main face of `weight`, and in the rare face what that one lacks.

    Raises MissingGlyph with the first character that neither has. Combining marks that have no precomposed
    letter count as lacking, since nothing here places a mark over a letter.
    """
    main = Face.of(MAIN_FACES[weight])
    chosen = [(character, _is_fallback(character, main)) for character in compose(text)]
    return tuple(
        Run(Face.of(RARE_FACE) if fallback else main, "".join(character for character, _ in group), fallback)
        for fallback, group in groupby(chosen, key=lambda pair: pair[1])
    )


def _is_fallback(character: str, main: Face) -> bool:
    if unicodedata.combining(character):
        raise MissingGlyph(character)
    if main.has(character):
        return False
    if Face.of(RARE_FACE).has(character):
        return True
    raise MissingGlyph(character)


def compose(text: str) -> str:
    """Letters with their combining marks as one character where Unicode has it.

    Not NFC over the whole text: that would turn a compatibility ideograph, which a person's name may be
    written with, into another character.
    """
    return "".join(
        unicodedata.normalize("NFC", cluster) if len(cluster) > 1 else cluster for cluster in _clusters(text)
    )


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for character in text:
        if cluster and not unicodedata.combining(character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def width_em(runs: tuple[Run, ...]) -> float:
    return sum(run.face.width_em(character) for run in runs for character in run.text)


def ink_span(runs: tuple[Run, ...]) -> InkSpan:
    spans = [run.face.ink(character) for run in runs for character in run.text]
    return InkSpan(max((span.above_em for span in spans), default=0), max((span.below_em for span in spans), default=0))
