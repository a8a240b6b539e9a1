"""Random histories of trouble, from the command line."""
import sys
from support.faults.history import run_history
for seed in range(int(sys.argv[1]), int(sys.argv[2])):
    o = run_history(seed)
    print(seed, round(o.seconds,2), o.verdict.acknowledged, o.verdict.lost, o.verdict.doubled, o.verdict.forks, o.problems[:6], dict(o.tally) if seed%10==0 else '')
