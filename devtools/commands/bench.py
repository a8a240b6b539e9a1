"""dev.py bench: the measurements under bench/."""

import ast
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from devtools import ROOT
from devtools.bootstrap import prepare
from devtools.command import Command, Group
from devtools.start import program

FOLDER = ROOT / "bench"
STARTER = "import importlib, sys; sys.exit(importlib.import_module(sys.argv[1]).run(sys.argv[2:]))"


@dataclass(frozen=True, slots=True)
class Bench:
    """A module of bench/ with `def run(arguments: list[str]) -> int`."""

    name: str
    summary: str


def run(arguments: list[str]) -> int:
    """Every bench runs in a process of its own, so that none measures what another left in memory."""
    known = {bench.name: bench for bench in find(FOLDER)}
    if "--list" in arguments:
        width = max(map(len, known), default=0)
        print("\n".join(f"{bench.name:<{width}}  {bench.summary}" for bench in known.values()))
        return 0
    named = next((one for one in arguments if not one.startswith("-")), None)
    if named is not None and named not in known:
        print(f"There is no bench {named!r}. There are: {', '.join(known) or 'none'}.", file=sys.stderr)
        return 2
    rest = [one for one in arguments if one is not named]
    python = prepare.for_testing()
    chosen = [named] if named else list(known)
    return max((program([python, "-c", STARTER, f"bench.{name}", *rest], surroundings()) for name in chosen), default=0)


def surroundings() -> dict[str, str]:
    """Some benches start a PostgreSQL of their own, with what helps the tests."""
    return {"PYTHONPATH": os.pathsep.join(("tests", "."))}


def find(folder: Path) -> list[Bench]:
    """The benches in `folder`, by name. They are read, not imported: listing them needs no environment."""
    benches = []
    for file in sorted(folder.glob("[!_]*.py")):
        module = ast.parse(file.read_text(encoding="utf-8"))
        if any(isinstance(part, ast.FunctionDef) and part.name == "run" for part in module.body):
            summary = (ast.get_docstring(module) or "").partition("\n")[0]
            benches.append(Bench(file.stem, summary))
    return benches


COMMAND = Command(
    name="bench",
    group=Group.CHECK,
    usage="bench [NAME] [--json] [--list]",
    summary="Measure what must be fast: all benches, or the one that is named.",
    run=run,
    details="--list names them. Every other argument is handed to the bench.",
)
