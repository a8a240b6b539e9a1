"""`station init`: make this computer a station of a city."""

import argparse
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "init",
        parents=[common],
        help="make this computer a station of a city",
        description="Redeem an enrolment code from `city enrol`, make the station's folder, fetch what the city has.",
    )
    parser.add_argument("--city", required=True, metavar="URL", help="the city's address, such as https://city.example")
    parser.add_argument("--code", required=True, help="the one-time enrolment code")
    parser.add_argument("--json", action="store_true", help="print what came of it as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.cli.commands.sync import exchange_now
    from station_app.station.founding import found_station

    facts = found_station(context.home, options.city, options.code)
    report = exchange_now(context).report
    if options.json:
        context.print_json(
            {
                "home": str(context.home),
                "label": facts.label,
                "district": facts.district,
                "number": facts.writer_number,
                "city": facts.city_name,
                "received_entries": report.pulled_entries,
            }
        )
    else:
        print(
            context.say(
                "cli.init.done",
                label=facts.label,
                number=facts.writer_number,
                city=facts.city_name,
                home=context.home,
                received=report.pulled_entries,
            )
        )
    return Exit.OK
