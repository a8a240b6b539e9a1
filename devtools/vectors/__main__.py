"""`python3 dev.py vectors`: the findings on the command line."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from devtools.vectors.finding import Finding, Outcome, counts
from devtools.vectors.judge import judge_all

ALL_CAME_OUT, NOT_ALL, NOTHING_TO_JUDGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py vectors",
        description="Judges test vectors of others by the product's own verifier. Exit code 0 where all that could be "
        "judged came out as stated, 1 where something did not or is of no known layout, 2 where there is nothing.",
    )
    parser.add_argument("path", type=Path, metavar="PATH", help="a folder of vectors, or one of them")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")
    options = parser.parse_args(arguments)
    if not options.path.exists():
        sys.stderr.write(f"dev.py vectors: {options.path} is not there\n")
        return NOTHING_TO_JUDGE
    findings = list(judge_all(options.path))
    lines = [json.dumps(_as_json(findings, options.path), ensure_ascii=False)]
    sys.stdout.write("\n".join(lines if options.json else _in_words(findings, options.path)) + "\n")
    if not findings:
        sys.stderr.write(f"dev.py vectors: no vectors under {options.path}\n")
        return NOTHING_TO_JUDGE
    total = counts(findings)
    if total[Outcome.FAILED] or total[Outcome.UNKNOWN]:
        return NOT_ALL
    return ALL_CAME_OUT if total[Outcome.PASSED] else NOTHING_TO_JUDGE


def _as_json(findings: list[Finding], place: Path) -> dict[str, object]:
    return {
        **{outcome.value: number for outcome, number in counts(findings).items()},
        "cases": [
            {
                "case": _name(finding, place),
                "layout": finding.layout,
                "outcome": finding.outcome.value,
                "steps": [
                    {"step": step.name, "outcome": step.outcome.value, "detail": step.detail} for step in finding.steps
                ],
            }
            for finding in findings
        ],
    }


def _in_words(findings: list[Finding], place: Path) -> list[str]:
    lines = []
    for finding in findings:
        if finding.outcome in (Outcome.FAILED, Outcome.DISPUTED, Outcome.UNKNOWN):
            lines += [
                f"{step.outcome.value.upper():<9} {_name(finding, place)}: {step.name}: {step.detail}"
                for step in finding.steps
                if step.outcome is finding.outcome
            ]
    reasons = Counter(
        (finding.layout, "; ".join(sorted({f"{step.detail}" for step in finding.steps})))
        for finding in findings
        if finding.outcome is Outcome.NOT_JUDGED
    )
    lines += [f"not judged: {number} of {layout}: {why}" for (layout, why), number in sorted(reasons.items())]
    for layout in sorted({finding.layout for finding in findings}):
        lines.append(f"{layout:<12} {_sum(one for one in findings if one.layout == layout)}")
    return [*lines, f"{'all':<12} {_sum(findings)}"]


def _sum(findings: Iterable[Finding]) -> str:
    total = counts(findings)
    return ", ".join(f"{number} {outcome.value.replace('_', ' ')}" for outcome, number in total.items())


def _name(finding: Finding, place: Path) -> str:
    return finding.file.name if place.is_file() else finding.file.relative_to(place).as_posix()


if __name__ == "__main__":
    sys.exit(main())
