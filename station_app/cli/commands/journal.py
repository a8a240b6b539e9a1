"""`station journal`: check the journals and rebuild what is folded from them."""

import argparse
import sys
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("journal", help="check the journals", description=__doc__)
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify",
        parents=[common],
        help="check every journal that is held: numbers, hashes, times, signatures",
        description="Exit code 1 where something does not hold.",
    )
    verify.add_argument("--json", action="store_true", help="print the result as JSON")
    verify.set_defaults(run=run_verify)
    rebuild = actions.add_parser(
        "rebuild", parents=[common], help="make every folded table again from the journals alone"
    )
    rebuild.add_argument("--json", action="store_true", help="print the counts as JSON")
    rebuild.set_defaults(run=run_rebuild)


def run_verify(context: Context, options: argparse.Namespace) -> Exit:
    with context.station.store.reading() as view:
        heads = dict(sorted(view.journals.heads().items()))
        faults = {writer: view.journals.faults(writer) for writer in heads}
    number, entries = sum(map(len, faults.values())), sum(head.seq for head in heads.values())
    if options.json:
        journals = [
            {"writer": writer.hex(), "entries": head.seq, "faults": faults[writer]} for writer, head in heads.items()
        ]
        context.print_json({"ok": not number, "entries": entries, "journals": journals})
    else:
        for writer, found in faults.items():
            for fault in found:
                print(f"station: {writer.hex()}: {fault}", file=sys.stderr)
        print(context.say("cli.journal.verified", journals=len(heads), entries=entries, faults=number))
    return Exit.NEGATIVE if number else Exit.OK


def run_rebuild(context: Context, options: argparse.Namespace) -> Exit:
    from dataclasses import asdict

    with context.station.store.writing() as tx:
        tx.rebuild()
        counts = asdict(tx.overview.counts())
    if options.json:
        context.print_json(counts)
    else:
        print(context.say("cli.status.counts", **counts))
    return Exit.OK
