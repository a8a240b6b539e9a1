"""dev.py check: everything that judges the code without running the product."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from devtools.bootstrap import environment, prepare
from devtools.command import Command, Group
from devtools.start import program


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    command: tuple[str | Path, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    passed: bool
    seconds: float


def run(arguments: list[str]) -> int:
    if set(arguments) - {"--fix"}:
        print(f"usage: python3 dev.py {COMMAND.usage}", file=sys.stderr)
        return 2
    outcomes = [_take(step) for step in steps(prepare.for_checking(), fix="--fix" in arguments)]
    print(f"\n{table(outcomes)}", flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def steps(python: Path, *, fix: bool) -> list[Step]:
    """What is checked, in order. With `fix` the linter and the formatter mend what they can."""
    lint = ("--fix",) if fix else ()
    layout = () if fix else ("--check",)
    return [
        Step("lint", (python, "-m", "ruff", "check", *lint, ".")),
        Step("format", (python, "-m", "ruff", "format", *layout, ".")),
        Step("types", (python, "-m", "mypy")),
        Step("import arrows", (environment.script("lint-imports"),)),
        Step("migrations", (python, "-m", "db.migrations.check")),
        Step("texts", (python, "-m", "devtools.checks.texts")),
        Step("locks", (python, "-m", "devtools.checks.locks")),
        Step("house rules", (python, "-m", "devtools.checks.rules")),
    ]


def table(outcomes: list[Outcome]) -> str:
    """One line a step, so that what failed is seen without scrolling."""
    width = max(len(outcome.name) for outcome in outcomes)
    lines = [
        f"{outcome.name:<{width}}  {'passed' if outcome.passed else 'FAILED'}  {outcome.seconds:6.1f} s"
        for outcome in outcomes
    ]
    failed = sum(not outcome.passed for outcome in outcomes)
    lines.append(f"{len(outcomes)} checks, {failed} failed" if failed else f"all {len(outcomes)} checks passed")
    return "\n".join(lines)


def _take(step: Step) -> Outcome:
    print(f"\n── {step.name} ──", flush=True)
    start = time.monotonic()
    code = program(step.command)
    return Outcome(step.name, code == 0, time.monotonic() - start)


COMMAND = Command(
    name="check",
    group=Group.CHECK,
    usage="check [--fix]",
    summary="Judge format, lint, types, import arrows, migrations, texts, locks and house rules.",
    run=run,
    details="All checks run, also when one fails. --fix lets the linter and the formatter mend what they can.",
)
