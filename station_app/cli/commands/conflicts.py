"""`station conflicts`: what counters of today's event did without knowing of each other."""

import argparse
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "conflicts",
        parents=[common],
        help="services had too often, stock given out twice",
        description="What counters of the event did without knowing of each other, as far as it is known here.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from dataclasses import asdict

    from db.conflict_lines import conflict_lines

    with context.station.store.reading() as view:
        offer = context.station.offer(view)
        lines = [] if offer.event is None else conflict_lines(view, offer.catalogue.services, offer.event)
    for line in lines:
        if options.json:
            context.print_json(asdict(line))
        else:
            print(context.say(f"common.conflict.{line.kind}", **asdict(line)))
    return Exit.OK
