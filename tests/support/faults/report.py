"""What came of many histories, for people and for programs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from support.faults.history import Outcome
from support.faults.tally import Tally

MOST_PROBLEMS = 8


@dataclass
class Totals:
    histories: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    forks: int = 0
    in_forks: int = 0
    gone: int = 0
    tally: Tally = field(default_factory=Tally)
    failed: list[int] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.histories += 1
        self.tally += outcome.tally
        verdict = outcome.verdict
        self.acknowledged += verdict.acknowledged
        self.lost += verdict.lost
        self.doubled += verdict.doubled
        self.forks += verdict.forks
        self.in_forks += verdict.in_forks
        self.gone += verdict.gone
        if outcome.problems:
            self.failed.append(outcome.seed)

    def failure_lines(self, outcome: Outcome) -> Iterator[str]:
        """What does not hold in `outcome`, and how to see it again."""
        if not outcome.problems:
            return
        yield f"history {outcome.seed} FAILED: python3 dev.py faults --histories 1 --seed {outcome.seed}"
        yield from (f"    {problem}" for problem in outcome.problems[:MOST_PROBLEMS])
        if len(outcome.problems) > MOST_PROBLEMS:
            yield f"    and {len(outcome.problems) - MOST_PROBLEMS} more"

    def as_json(self, seconds: float) -> dict[str, Any]:
        return {
            "histories": self.histories,
            "faults": {fault.name.lower(): number for fault, number in self.tally.most_common()},
            "faults_injected": self.tally.total(),
            "acknowledged": self.acknowledged,
            "lost": self.lost,
            "doubled": self.doubled,
            "forks_named": self.forks,
            "records_in_forks": self.in_forks,
            "records_gone_with_a_disk": self.gone,
            "failed_seeds": self.failed,
            "seconds": round(seconds, 1),
        }

    def text(self, seconds: float) -> str:
        rows: list[tuple[str, object]] = [
            ("histories", self.histories),
            ("faults injected", self.tally.total()),
            *((f"  {fault.value}", number) for fault, number in self.tally.most_common()),
            ("records acknowledged", self.acknowledged),
            ("lost", self.lost),
            ("doubled", self.doubled),
            ("forks named", self.forks),
            ("  records in them", self.in_forks),
            ("records gone with a disk", self.gone),
            ("seconds", round(seconds, 1)),
        ]
        width = max(len(name) for name, _ in rows)
        lines = [f"{name:<{width}}  {value:>8}" for name, value in rows]
        lines.append(
            f"FAILED: {len(self.failed)} histories, seeds {', '.join(map(str, self.failed))}"
            if self.failed
            else "everything acknowledged lies wherever it should, once; all tables are equal, all journals verify"
        )
        return "\n".join(lines)
