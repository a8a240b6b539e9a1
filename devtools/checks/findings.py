"""What a check has to say."""

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Findings:
    """Problems fail the check; remarks are for people to think about."""

    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(self.problems + other.problems, self.remarks + other.remarks)


def tell(findings: Findings) -> int:
    """Prints them; answers the exit code."""
    for remark in findings.remarks:
        print(f"remark: {remark}")
    for problem in findings.problems:
        print(f"problem: {problem}", file=sys.stderr)
    return 1 if findings.problems else 0
