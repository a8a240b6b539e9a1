"""dev.py run: the kiosk with its demonstration station."""

from devtools.bootstrap import prepare
from devtools.command import Command, Group
from devtools.start import takes_place


def run(arguments: list[str]) -> int:
    python = prepare.for_running()
    return takes_place([python, "-m", "demo", *arguments])


COMMAND = Command(
    name="run",
    group=Group.USE,
    usage="run [ARGUMENTS]",
    summary="Open the kiosk with a demonstration station; without a display, give the guided tour.",
    run=run,
    passes_help_on=True,
)
