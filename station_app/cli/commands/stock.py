"""`station stock`: what this station may give out of the event's stock, asking for more, handing back."""

import argparse
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "stock",
        parents=[common],
        help="what this station may give out of the event's stock",
        description="Show this station's part of the event's stock, ask for more of it, or hand back what is left. "
        "What is asked for or handed back travels with the next exchange.",
    )
    parser.add_argument("action", nargs="?", choices=("show", "want", "return"), default="show")
    parser.add_argument("service", nargs="?", metavar="SERVICE", help="with `want`: a service code")
    parser.add_argument("quantity", nargs="?", type=int, metavar="N", help="with `want`: how many more")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    match options.action:
        case "want":
            _want(context, options)
        case "return":
            _hand_back(context, options)
        case _:
            _show(context, options)
    return Exit.OK


def _show(context: Context, options: argparse.Namespace) -> None:
    from station_app.station.stock import StockDesk

    own = context.station.store.own
    with context.station.store.reading() as view:
        accounts = StockDesk(context.station).accounts(view)
    for account in accounts:
        line = {
            "service": account.service,
            "here": max(0, account.balance(own)),
            "wanted": account.wants.get(own, 0),
            "left": account.left,
            "total": account.total,
        }
        if options.json:
            context.print_json(line)
        else:
            print(context.say("cli.stock.line", **line))


def _want(context: Context, options: argparse.Namespace) -> None:
    from station_app.station.stock import StockDesk
    from station_core.ids import ServiceCode
    from station_core.records.services import MOST

    if options.service is None or options.quantity is None or not 0 <= options.quantity <= MOST:
        raise CliError(context.say("cli.stock.what"), Exit.USAGE)
    if not StockDesk(context.station).ask(ServiceCode(options.service), options.quantity):
        raise CliError(context.say("cli.stock.none", service=options.service), Exit.NEGATIVE)
    if not options.json:
        print(context.say("cli.stock.asked", service=options.service, quantity=options.quantity))


def _hand_back(context: Context, options: argparse.Namespace) -> None:
    from station_app.station.stock import StockDesk

    for service, quantity in StockDesk(context.station).hand_back().items():
        if options.json:
            context.print_json({"service": service, "returned": quantity})
        else:
            print(context.say("cli.stock.returned", service=service, quantity=quantity))
