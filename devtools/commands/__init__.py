"""The words that dev.py knows. A new one is a module here and one line in COMMANDS, in the order of the help."""

from devtools.command import Command
from devtools.commands import bench, check, clean, env, faults, fuzz, lock, run, screenshots, test, vectors

COMMANDS: tuple[Command, ...] = (
    run.COMMAND,
    screenshots.COMMAND,
    test.COMMAND,
    check.COMMAND,
    faults.COMMAND,
    vectors.COMMAND,
    fuzz.COMMAND,
    bench.COMMAND,
    lock.COMMAND,
    env.COMMAND,
    clean.COMMAND,
)
