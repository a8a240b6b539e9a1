"""`station bundle`: the exchange with the city by a file on a stick."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit

if TYPE_CHECKING:
    from station_app.station.bundle import Imported


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("bundle", help="exchange with the city by a file on a stick", description=__doc__)
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    export = actions.add_parser(
        "export",
        parents=[common],
        help="write what the city lacks into a file that only the city can open",
        description="What was exported counts as handed in once a file of the city's says that it arrived.",
    )
    export.add_argument("--to", type=Path, required=True, metavar="PATH", help="the file to write, or a folder")
    export.add_argument("--for", choices=["city"], default="city", help="for whom the file is (default: city)")
    export.add_argument(
        "--all", action="store_true", help="everything, without regard to what the city is known to hold"
    )
    export.add_argument("--json", action="store_true", help="print what was written as JSON")
    export.set_defaults(run=run_export)
    take = actions.add_parser(
        "import",
        parents=[common],
        help="take in a file that was made for this station",
        description="Importing twice does no harm. Exit code 1 where not all of it could be taken.",
    )
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--json", action="store_true", help="print what came of it as JSON")
    take.set_defaults(run=run_import)


def run_export(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.bundle import export_to_city

    store = context.station.store
    written = export_to_city(lambda job: job(store), options.to, everything=options.all)
    if options.json:
        context.print_json({"file": str(written.file), "entries": written.entries, "bytes": written.size_bytes})
    else:
        print(context.say("bundle.written", entries=written.entries, file=written.file))
    return Exit.OK


def run_import(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.cli.sentences import sentence_for
    from station_app.station.bundle import import_bundle
    from sync.errors import SyncError, Trouble

    store = context.station.store
    imported = import_bundle(lambda job: job(store), options.file)
    context.station.keep_lease()
    if options.json:
        context.print_json(_as_json(imported))
    else:
        print(context.say("bundle.taken", **imported.figures))
        for rest, count in imported.rest.items():
            print(f"station: {context.say(f'bundle.rest.{rest}', count=count)}", file=sys.stderr)
    if imported.revoked is not None:
        told = SyncError(Trouble.REVOKED, reason=imported.revoked)
        print(f"station: {sentence_for(told, context.language)}", file=sys.stderr)
        return Exit.TROUBLE
    return Exit.NEGATIVE if imported.rest else Exit.OK


def _as_json(imported: "Imported") -> dict[str, Any]:
    taken = imported.taken
    return {
        "ok": not imported.rest and imported.revoked is None,
        "from": taken.checked.sender.label,
        "made_ms": taken.checked.header.made_ms,
        "received_entries": taken.half.entries,
        "acknowledged_entries": imported.acknowledged,
        "set_aside": len(taken.half.aside),
        "gaps": taken.gaps,
        "forks": taken.forks,
        "refused": taken.refused,
        "revoked": imported.revoked,
    }
