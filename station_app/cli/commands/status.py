"""`station status`: what this station holds and what waits."""

import argparse
from dataclasses import asdict
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "status", parents=[common], help="what this station holds, and what waits for the city", description=__doc__
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.exchange import exchange_status

    station = context.station
    lease = station.keep_lease()
    status = exchange_status(station.store)
    with station.store.reading() as view:
        counts = view.overview.counts()
        event = station.offer(view).event
    content = {
        "station": station.facts.label,
        "number": station.facts.writer_number,
        "district": station.facts.district,
        "city": station.facts.city_name,
        "writer": station.store.own.hex(),
        "event": event.event if event else None,
        "counts": asdict(counts),
        "exchange": {
            "waiting_entries": status.waiting_entries,
            "waiting": dict(status.waiting),
            "sent_entries": status.peer.sent_entries,
            "received_entries": status.peer.received_entries,
            "last_success_ms": status.peer.succeeded_ms,
            "last_try_ms": status.peer.tried_ms,
            "last_error": status.peer.error,
            "clock_offset_ms": status.peer.clock_offset_ms,
        },
    }
    content["lease"] = {"until_ms": lease.lease.until_ms, "days_left": lease.days_left}
    if options.json:
        context.print_json(content)
    else:
        _print_plainly(context, content, status.waiting_entries)
    return Exit.OK


def _print_plainly(context: Context, content: dict[str, Any], waiting: int) -> None:
    counts, exchange = content["counts"], content["exchange"]
    print(context.say("cli.status.station", **{key: content[key] for key in ("station", "number", "city")}))
    print(context.say("cli.status.counts", **counts))
    print(context.say("cli.status.exchange", waiting=waiting, sent=exchange["sent_entries"]))
    if content["lease"]["days_left"] is not None:
        print(context.say("repairs.lease_ends.what", days=content["lease"]["days_left"]))
        print(context.say("repairs.lease_ends.do"))
    if exchange["last_error"]:
        print(context.say(f"sync_errors.do.{exchange['last_error']}"))
