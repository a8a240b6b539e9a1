"""Do all texts stand in both languages, with the same placeholders, and are those there that the code asks for?"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter

from resources.texts import Language, catalogue

from devtools import ROOT
from devtools.checks.findings import Findings, tell
from devtools.checks.sources import product_files, text_of
from devtools.checks.text_uses import TextUse, keys_in_template, text_uses


def compare(chinese: Mapping[str, str], english: Mapping[str, str]) -> list[str]:
    """What one language has and the other lacks."""
    problems = [f"{key}: stands in Chinese only" for key in sorted(chinese.keys() - english.keys())]
    problems += [f"{key}: stands in English only" for key in sorted(english.keys() - chinese.keys())]
    for key in sorted(chinese.keys() & english.keys()):
        problems += _compare_placeholders(key, chinese[key], english[key])
    return problems


def _compare_placeholders(key: str, chinese: str, english: str) -> list[str]:
    try:
        there, here = placeholders(chinese), placeholders(english)
    except ValueError as error:
        return [f"{key}: {error}"]
    if there == here:
        return []
    return [f"{key}: Chinese has the placeholders {sorted(there)}, English {sorted(here)}"]


def placeholders(template: str) -> frozenset[str]:
    """The names between braces. Raises ValueError where braces do not pair or a placeholder has no name."""
    names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    if any(not name or name.isdigit() for name in names):
        raise ValueError("a placeholder has no name")
    return frozenset(name.partition(".")[0].partition("[")[0] for name in names)


def judge_uses(uses: Iterable[TextUse], known: Mapping[str, str]) -> list[str]:
    """Texts that the code says and nobody wrote, and texts said without a value for a placeholder."""
    problems = []
    for use in uses:
        if use.is_prefix:
            if not any(key.startswith(use.key) for key in known):
                problems.append(f"{use.place}: no text begins with {use.key!r}")
        elif use.is_said and use.key not in known:
            problems.append(f"{use.place}: there is no text {use.key!r}")
        elif use.is_said and use.params is not None:
            lacking = placeholders(known[use.key]) - use.params
            if lacking:
                problems.append(f"{use.place}: {use.key!r} is said without {', '.join(sorted(lacking))}")
    return problems


def unused(uses: Iterable[TextUse], known: Iterable[str]) -> list[str]:
    """Keys that no literal of the code names, whole or by their beginning."""
    whole = {use.key for use in uses if not use.is_prefix}
    beginnings = tuple(use.key for use in uses if use.is_prefix)
    return sorted(key for key in known if key not in whole and not key.startswith(beginnings))


def check() -> Findings:
    """The whole check on this project."""
    chinese, english = catalogue(Language.CHINESE), catalogue(Language.ENGLISH)
    problems = compare(chinese, english)
    if problems:
        return Findings(tuple(problems))
    uses: list[TextUse] = []
    for file in product_files(".py", ".html", ".toml"):
        uses += _uses_in(file, chinese)
    remarks = (f"{key}: no code asks for this text" for key in unused(uses, chinese))
    return Findings(tuple(judge_uses(uses, chinese)), tuple(remarks))


def _uses_in(file: Path, known: Mapping[str, str]) -> list[TextUse]:
    place = file.relative_to(ROOT).as_posix()
    text = text_of(file) or ""
    if file.suffix == ".py":
        return text_uses(text, place)
    if place.startswith("resources/texts/"):
        return []
    return keys_in_template(text, place, known)


if __name__ == "__main__":
    sys.exit(tell(check()))
