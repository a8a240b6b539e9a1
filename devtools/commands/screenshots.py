"""dev.py screenshots: pictures of every screen."""

from devtools.bootstrap import prepare
from devtools.command import Command, Group
from devtools.start import takes_place


def run(arguments: list[str]) -> int:
    python = prepare.for_running()
    return takes_place([python, "-m", "demo.gallery", *arguments])


COMMAND = Command(
    name="screenshots",
    group=Group.USE,
    usage="screenshots [OUT]",
    summary="Draw every screen of the kiosk into the folder OUT.",
    run=run,
    passes_help_on=True,
)
