"""`station init`: make this computer a station of a city, over the network or by files on a stick."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit

if TYPE_CHECKING:
    from station_app.home.facts import StationFacts


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "init",
        parents=[common],
        help="make this computer a station of a city",
        description="Redeem an enrolment code from `city enrol`, make the station's folder, fetch what the city has. "
        "Without a network: --request FILE with the code, then `city enrol-file` there, then --from FILE here.",
    )
    parser.add_argument("--city", metavar="URL", help="the city's address, such as https://city.example")
    parser.add_argument("--code", help="the one-time enrolment code")
    by_file = parser.add_mutually_exclusive_group()
    by_file.add_argument("--request", type=Path, metavar="FILE", help="only write the request, to be carried there")
    by_file.add_argument("--from", dest="answer", type=Path, metavar="FILE", help="the city's answer to the request")
    parser.add_argument("--json", action="store_true", help="print what came of it as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    if options.answer is not None:
        return _from_file(context, options)
    if options.code is None or (options.city is None and options.request is None):
        raise CliError(context.say("bundle.init_needs"), Exit.USAGE)
    return _over_the_network(context, options) if options.request is None else _request(context, options)


def _over_the_network(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.cli.commands.sync import exchange_now
    from station_app.station.founding import found_station

    facts = found_station(context.home, options.city, options.code)
    report = exchange_now(context).report
    return _tell(context, options, facts, report.pulled_entries)


def _request(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.founding_by_file import request_enrolment

    request_enrolment(context.home, options.code, options.request, options.city or "")
    if options.json:
        context.print_json({"request": str(options.request)})
    else:
        print(context.say("bundle.request", file=options.request))
    return Exit.OK


def _from_file(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.founding_by_file import found_from_file

    facts, imported = found_from_file(context.home, options.answer)
    return _tell(context, options, facts, imported.taken.half.entries)


def _tell(context: Context, options: argparse.Namespace, facts: "StationFacts", received: int) -> Exit:
    if options.json:
        context.print_json(
            {
                "home": str(context.home),
                "label": facts.label,
                "district": facts.district,
                "number": facts.writer_number,
                "city": facts.city_name,
                "received_entries": received,
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
                received=received,
            )
        )
    return Exit.OK
