"""House rules: the project speaks of no machine and no package registry, files stay short, licences are there."""

import re
import sys
import tomllib
from pathlib import Path

from devtools import ROOT
from devtools.checks.findings import Findings, tell
from devtools.checks.sources import product_files, project_files, text_of

MOST_LINES = 300

REGISTRY_HOST = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|crates|rubygems|debian|ubuntu|docker)\.(?:org|com|io|net|cn)\b"
    r"|\b(?:pypi|mirrors?|packages|registry|archive)\.[a-z0-9-]+\.[a-z]{2,}\b",
    re.IGNORECASE,
)
"""Where packages come from is each machine's own setting."""

MACHINE_PATH = re.compile(
    r"(?<![\w./~-])/(?:work|root|Users/\w+|home/(?!station\b|kiosk\b)\w+)/|\b[A-Z]:\\\\?Users\\", re.ASCII
)
"""A folder of one developer's machine. The users that the packages themselves make are the product's."""

LICENCE = "Apache-2.0"
LICENCE_TITLE = "Apache License"
FONT_SUFFIXES = (".ttf", ".otf", ".ttc")


def places_in(text: str) -> list[str]:
    """The lines of `text` that name a registry's host or a path of one machine."""
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if REGISTRY_HOST.search(line):
            problems.append(f"line {number} names a package registry's host")
        if MACHINE_PATH.search(line):
            problems.append(f"line {number} names a path of one machine")
    return problems


def check_places() -> Findings:
    return Findings(
        tuple(
            f"{file.relative_to(ROOT)}: {problem}"
            for file in project_files()
            for problem in places_in(text_of(file) or "")
        )
    )


def check_lengths() -> Findings:
    """A long file is no mistake, but a reason to ask whether it has two reasons to exist."""
    lengths = {file: len((text_of(file) or "").splitlines()) for file in product_files(".py")}
    return Findings(
        remarks=tuple(
            f"{file.relative_to(ROOT)} has {lines} lines" for file, lines in lengths.items() if lines > MOST_LINES
        )
    )


def check_licences() -> Findings:
    """The licence is there and is the one that pyproject.toml names; every font has its own beside it."""
    problems = []
    licence = ROOT / "LICENSE"
    if not licence.is_file() or LICENCE_TITLE not in licence.read_text(encoding="utf-8"):
        problems.append(f"LICENSE does not hold the text of {LICENCE}")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    if project.get("license") != LICENCE:
        problems.append(f"pyproject.toml does not name the licence {LICENCE}")
    problems += unlicensed_fonts(project_files())
    return Findings(tuple(problems))


def unlicensed_fonts(files: list[Path]) -> list[str]:
    """Fonts in whose folder no file with LICENSE or OFL in its name lies."""
    licensed = {file.parent for file in files if re.search("licen[sc]e|OFL", file.name, re.IGNORECASE)}
    fonts = (file for file in files if file.suffix.lower() in FONT_SUFFIXES)
    return [f"{font.name} has no licence beside it" for font in fonts if font.parent not in licensed]


if __name__ == "__main__":
    sys.exit(tell(check_places() + check_lengths() + check_licences()))
