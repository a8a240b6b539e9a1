"""The fuzzer on the command line: `python3 dev.py fuzz`."""

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict

from support.fuzzing.fuzzer import Result, run_batch

BATCH = 5_000
TOLD_EVERY_S = 30.0
MOST_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where nothing was found."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, metavar="N", help="how many (default: 1,000,000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="an input follows from seed and number")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number to begin with")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="at the same time (default: 1)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    ends = options.first + options.inputs
    batches = [(options.seed, start, min(BATCH, ends - start)) for start in range(options.first, ends, BATCH)]
    started_s = told_s = time.monotonic()
    whole = Result()
    with multiprocessing.get_context("spawn").Pool(options.processes) as pool:
        for result in pool.imap_unordered(run_batch, batches):
            _add(whole, result)
            if time.monotonic() - told_s >= TOLD_EVERY_S:
                told_s = time.monotonic()
                sys.stderr.write(f"{whole.inputs} of {options.inputs} inputs, {len(whole.found)} found\n")
    took_s = time.monotonic() - started_s
    _tell(whole, took_s, as_json=options.json)
    return 1 if whole.found else 0


def _add(whole: Result, part: Result) -> None:
    whole.inputs += part.inputs
    whole.kinds += part.kinds
    whole.verdicts += part.verdicts
    whole.found += part.found
    whole.slowest_s = max(whole.slowest_s, part.slowest_s)


def _tell(whole: Result, took_s: float, *, as_json: bool) -> None:
    counted = {"kinds": dict(sorted(whole.kinds.items())), "verdicts": dict(sorted(whole.verdicts.items()))}
    if as_json:
        said = {"inputs": whole.inputs, "seconds": round(took_s, 1), "slowest_ms": round(whole.slowest_s * 1000, 1)}
        found = [asdict(one) for one in whole.found]
        sys.stdout.write(json.dumps({**said, **counted, "found": found}, ensure_ascii=False) + "\n")
        return
    for one in whole.found[:MOST_SHOWN]:
        again = f"--seed {one.seed} --first {one.number} --inputs 1"
        sys.stdout.write(f"{one.problem.upper()}  {again}: {one.detail}\n")
    for name, numbers in counted.items():
        sys.stdout.write(f"{name}: " + ", ".join(f"{key} {number}" for key, number in numbers.items()) + "\n")
    took = f"{whole.inputs} inputs in {took_s:.0f} s, the slowest {whole.slowest_s * 1000:.1f} ms"
    sys.stdout.write(f"{took}; {len(whole.found)} found\n")


if __name__ == "__main__":
    sys.exit(main())
