"""What came of many histories, for people and for programs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from support.faults.history import Outcome
from support.faults.tally import Tally
from support.faults.verdict import Verdict

MOST_PROBLEMS = 8


_SUMMED = tuple(one.name for one in fields(Verdict) if one.name != "problems")


@dataclass
class Totals:
    """`sums`: every number of the verdicts, added up."""

    histories: int = 0
    sums: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)
    failed: list[int] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.histories += 1
        self.tally += outcome.tally
        self.sums.update({name: getattr(outcome.verdict, name) for name in _SUMMED})
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
            "acknowledged": self.sums["acknowledged"],
            "lost": self.sums["lost"],
            "doubled": self.sums["doubled"],
            "forks_healed": self.sums["healed"],
            "records_stranded_with_a_dead_copy": self.sums["stranded"],
            "records_gone_with_a_disk": self.sums["gone"],
            "people_erased": self.sums["erased"],
            "stock_given_out": self.sums["given"],
            "leases_over_given": self.sums["over_given"],
            "leases_over_given_by_copies": self.sums["over_given_by_copies"],
            "quotas_exceeded_and_listed": self.sums["over_use"],
            "failed_seeds": self.failed,
            "seconds": round(seconds, 1),
        }

    def text(self, seconds: float) -> str:
        rows: list[tuple[str, object]] = [
            ("histories", self.histories),
            ("faults injected", self.tally.total()),
            *((f"  {fault.value}", number) for fault, number in self.tally.most_common()),
            ("records acknowledged", self.sums["acknowledged"]),
            ("lost", self.sums["lost"]),
            ("doubled", self.sums["doubled"]),
            ("forks healed", self.sums["healed"]),
            ("records stranded with a dead copy", self.sums["stranded"]),
            ("records gone with a disk", self.sums["gone"]),
            ("people erased", self.sums["erased"]),
            ("pieces of stock given out", self.sums["given"]),
            ("leases over-given", self.sums["over_given"]),
            ("  by copies of one disk", self.sums["over_given_by_copies"]),
            ("quotas exceeded, and listed", self.sums["over_use"]),
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
