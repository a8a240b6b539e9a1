"""`station sync`: exchange with the city, or with a hub, now."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit
from station_app.cli.sentences import sentence_for

if TYPE_CHECKING:
    from station_app.station.healing import Synced


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "sync",
        parents=[common],
        help="exchange with the city, or with a hub, now",
        description="Hand in what the other side lacks and fetch what is lacking here.",
    )
    parser.add_argument("--hub", metavar="ADDRESS", help="with the hub at this address, as `station hub` prints it")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    import sys

    synced = _exchange_with_hub(context, options.hub) if options.hub else exchange_now(context)
    report = synced.report
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
                "healed": None if synced.healed is None else asdict(synced.healed),
                "clock_offset_ms": report.clock_offset_ms,
            }
        )
    else:
        print(context.say("cli.sync.done", sent=report.pushed_entries, received=report.pulled_entries))
    if synced.healed is not None:
        told = context.say("cli.sync.healed", number=synced.healed.number, entries=synced.healed.entries)
        print(f"station: {told}", file=sys.stderr)
    if error is None:
        return Exit.OK
    said = context.say(f"hub.trouble.{error.code}", **error.params) if options.hub else None
    print(f"station: {said or sentence_for(error, context.language)}", file=sys.stderr)
    return Exit.TROUBLE


def exchange_now(context: Context) -> "Synced":
    from station_app.station.healing import sync_station

    station = context.station
    return sync_station(lambda job: job(station), station.now_ms)


def _exchange_with_hub(context: Context, typed: str) -> "Synced":
    from station_app.cli.errors import CliError
    from station_app.station.healing import Synced
    from station_app.station.neighbour import meet_hub
    from sync.errors import SyncError
    from sync.lan.address import parse_address

    station = context.station
    try:
        hub = meet_hub(
            parse_address(typed), station.facts, station.store.key, station.now_ms, lambda job: job(station.store)
        )
    except SyncError as error:
        raise CliError(context.say(f"hub.trouble.{error.code}", **error.params)) from error
    try:
        return Synced(hub.exchange())
    finally:
        hub.close()
