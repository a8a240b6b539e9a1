"""`station sync`: exchange with the city now."""

import argparse
from typing import TYPE_CHECKING, Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit
from station_app.cli.sentences import sentence_for

if TYPE_CHECKING:
    from sync.report import Report


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "sync",
        parents=[common],
        help="exchange with the city now",
        description="Hand in what the city lacks and fetch what is lacking here.",
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    import sys

    report = exchange_now(context)
    error = report.error
    if options.json:
        context.print_json(
            {
                "ok": error is None,
                "error": error.code.value if error else None,
                "sent_entries": report.pushed_entries,
                "received_entries": report.pulled_entries,
                "set_aside": len(report.pulled.aside),
                "forks": len(report.forks),
                "clock_offset_ms": report.clock_offset_ms,
            }
        )
    else:
        print(context.say("cli.sync.done", sent=report.pushed_entries, received=report.pulled_entries))
    if error is None:
        return Exit.OK
    print(f"station: {sentence_for(error, context.language)}", file=sys.stderr)
    return Exit.TROUBLE


def exchange_now(context: Context) -> "Report":
    from station_app.station.exchange import exchange_with_city

    station = context.station
    return exchange_with_city(station.facts, station.store.key, station.now_ms, lambda job: job(station.store))
