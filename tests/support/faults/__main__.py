"""The fault suite on the command line: `python3 dev.py faults`."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

from support.faults.history import Outcome, fewest_steps
from support.faults.playing import MOST_STEPS
from support.faults.report import Totals
from support.faults.running import Mixture, run_many, run_one, server

TOLD_EVERY_S = 15.0


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where all held, 1 where something did not."""
    options = _parse(arguments)
    mixture = Mixture(options.postgres_every, options.killing_every)
    totals, start, told = Totals(), time.monotonic(), time.monotonic()

    def tell(outcome: Outcome) -> None:
        nonlocal told
        totals.add(outcome)
        for line in totals.failure_lines(outcome):
            _say(line, sys.stderr)
        if time.monotonic() - told >= TOLD_EVERY_S:
            told = time.monotonic()
            _say(f"{totals.histories} of {options.histories} histories", sys.stderr)

    with server() as postgres:
        if postgres is None and mixture.postgres_every:
            _say("PostgreSQL's programs are not here: every city lies on SQLite", sys.stderr)
        seeds = range(options.seed, options.seed + options.histories)
        if options.histories == 1:
            outcome = run_one(options.seed, mixture, postgres, options.steps)
            tell(outcome)
            if outcome.problems and not mixture.is_killing(options.seed):
                steps = fewest_steps(lambda most: bool(run_one(options.seed, mixture, postgres, most).problems))
                _say(f"it takes {steps} steps: --histories 1 --seed {options.seed} --steps {steps}", sys.stderr)
        else:
            run_many(seeds, mixture, postgres, options.processes, tell)
    seconds = time.monotonic() - start
    _say(json.dumps(totals.as_json(seconds), ensure_ascii=False, indent=2) if options.json else totals.text(seconds))
    return 1 if totals.failed else 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--histories", type=int, default=1_000, metavar="N", help="how many (default: 1000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the first history's; the others follow")
    parser.add_argument("--steps", type=int, default=MOST_STEPS, metavar="N", help="break a single history off after N")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count() or 1, metavar="N", help="one a core if not given"
    )
    every = Mixture()
    parser.add_argument("--postgres-every", type=int, default=every.postgres_every, metavar="N", help="0 for never")
    parser.add_argument("--killing-every", type=int, default=every.killing_every, metavar="N", help="0 for never")
    return parser.parse_args(arguments)


def _say(text: str, stream: Any = None) -> None:
    stream = stream or sys.stdout
    stream.write(text + "\n")
    stream.flush()


if __name__ == "__main__":
    sys.exit(main())
