"""Every file under a folder that is a vector, by its content and not by its place."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from devtools.vectors import claim169, cose_examples, dcc, status_lists
from devtools.vectors.finding import Finding, Outcome, Step

_MAX_BYTES = 16 * 1024 * 1024
_JSON_LAYOUTS = (dcc, claim169, cose_examples)
_TEXT_SUFFIXES = (".md", ".txt")


def judge_all(place: Path) -> Iterator[Finding]:
    """The findings on `place`, a folder or a file, in the order of their names. Documents beside them are left out."""
    files = [place] if place.is_file() else sorted(file for file in place.rglob("*") if file.is_file())
    for file in files:
        finding = judge_file(file)
        if finding is not None:
            yield finding


def judge_file(file: Path) -> Finding | None:
    """None for what is no vector: prose, licences, schemas. A JSON file of another layout is named as unknown."""
    if file.suffix.lower() == ".json":
        return _judge_json(file)
    if file.suffix.lower() in _TEXT_SUFFIXES:
        text = _text(file)
        if text is not None and status_lists.recognises(text):
            return Finding(file, status_lists.NAME, tuple(status_lists.judge(file, text)))
    return None


def _judge_json(file: Path) -> Finding | None:
    text = _text(file)
    try:
        content: Any = None if text is None else json.loads(text)
    except ValueError:
        return _unknown(file, "not JSON")
    for layout in _JSON_LAYOUTS:
        if layout.recognises(content):
            return Finding(file, layout.NAME, _steps(layout, file, content))
    if isinstance(content, dict) and "$schema" in content:
        return None
    return _unknown(file, "of no layout that is known here")


def _steps(layout: Any, file: Path, content: Any) -> tuple[Step, ...]:
    """A case that is built otherwise than its layout has it is a failed case, not the end of the run."""
    try:
        return tuple(layout.judge(file, content))
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        return (Step("layout", Outcome.FAILED, f"the case cannot be read: {type(error).__name__}: {error}"),)


def _unknown(file: Path, why: str) -> Finding:
    return Finding(file, "unknown", (Step("layout", Outcome.UNKNOWN, why),))


def _text(file: Path) -> str | None:
    if file.stat().st_size > _MAX_BYTES:
        return None
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return None
