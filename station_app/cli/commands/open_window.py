"""`station open`: the kiosk's window."""

import argparse
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("open", parents=[common], help="open the kiosk's window", description=__doc__)
    parser.add_argument("--full-screen", action="store_true", help="fill the screen, as a kiosk does")
    parser.add_argument(
        "--camera",
        metavar="SOURCE",
        help="a camera's number, a device, or a picture, folder or video (default: the one chosen in the settings)",
    )
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.kiosk import open_kiosk

    return Exit(open_kiosk(context.home, camera=options.camera, full_screen=options.full_screen))
