"""`station unlock`: open the data of a station whose lease has run out, with the city's answer."""

import argparse
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "unlock",
        parents=[common],
        help="open a station that was too long without contact",
        description="Without ANSWER: the code to read out to whoever runs the city; `city unlock` answers it. "
        "Exit code 1 where the station is locked.",
    )
    parser.add_argument("answer", nargs="?", metavar="ANSWER", help="the answer of `city unlock`")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.home.closed_lease import lease_of_closed, unlock_with
    from station_app.station.clock import now_ms

    lease_of_closed(context.home, now_ms())
    if options.answer is None:
        return _tell_challenge(context, options.json)
    lease = unlock_with(context.home, options.answer, now_ms())
    if options.json:
        context.print_json({"locked": False, "until_ms": lease.until_ms})
    else:
        print(context.say("cli.unlock.done", until=_day(lease.granted_until_ms)))
    return Exit.OK


def _tell_challenge(context: Context, as_json: bool) -> Exit:
    from station_app.home.keyslots import KeySlots
    from station_core.lease.codes import shown

    locked = KeySlots.read(context.home).locked
    if as_json:
        asked = {} if locked is None else {"number": locked.number, "challenge": shown(locked.challenge)}
        context.print_json({"locked": locked is not None, **asked})
    elif locked is None:
        print(context.say("home.not_locked"))
    else:
        print(context.say("cli.unlock.ask", number=locked.number, challenge=shown(locked.challenge)))
    return Exit.OK if locked is None else Exit.NEGATIVE


def _day(at_ms: int) -> str:
    from station_app.station.clock import local_day

    return local_day(at_ms).isoformat()
