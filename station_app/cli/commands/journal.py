"""`station journal`: check the journals, keep them in a file, and prove that all tables follow from them."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit

if TYPE_CHECKING:
    from station_app.station.replaying import Rebuilt


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("journal", help="check and keep the journals", description=__doc__)
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify",
        parents=[common],
        help="check every journal that is held: numbers, hashes, times, signatures",
        description="Exit code 1 where something does not hold.",
    )
    verify.add_argument(
        "--replay", action="store_true", help="also fold the journals again elsewhere and compare all tables"
    )
    verify.add_argument("--json", action="store_true", help="print the result as JSON")
    verify.set_defaults(run=run_verify)
    rebuild = actions.add_parser(
        "rebuild", parents=[common], help="make every folded table again from the journals alone"
    )
    rebuild.add_argument("--json", action="store_true", help="print the counts as JSON")
    rebuild.set_defaults(run=run_rebuild)
    _add_export(actions, common)
    _add_replay(actions, common)


def _add_export(actions: Any, common: argparse.ArgumentParser) -> None:
    export = actions.add_parser(
        "export",
        parents=[common],
        help="write every journal that is held into one file",
        description="The file is not encrypted and holds personal data: only this user can read it.",
    )
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file")
    export.set_defaults(run=run_export)


def _add_replay(actions: Any, common: argparse.ArgumentParser) -> None:
    replay = actions.add_parser(
        "replay",
        parents=[common],
        help="fold the journals of an exported file by themselves",
        description="Verifies the file and folds it in a scratch store. Where --home holds a station the result is "
        "compared with its tables. Exit code 1 where something does not hold or differs.",
    )
    replay.add_argument("file", type=Path, metavar="FILE")
    replay.add_argument("--json", action="store_true", help="print the result as JSON")
    replay.set_defaults(run=run_replay)


def run_verify(context: Context, options: argparse.Namespace) -> Exit:
    with context.station.store.reading() as view:
        heads = dict(sorted(view.journals.heads().items()))
        faults = {writer: view.journals.faults(writer) for writer in heads}
    number, entries = sum(map(len, faults.values())), sum(head.seq for head in heads.values())
    replayed = _replayed(context) if options.replay else {}
    well = not number and replayed.get("ok", True)
    if options.json:
        journals = [
            {"writer": writer.hex(), "entries": head.seq, "faults": faults[writer]} for writer, head in heads.items()
        ]
        told = {"ok": well, "entries": entries, "journals": journals}
        context.print_json(told | ({"replay": replayed} if options.replay else {}))
    else:
        for writer, found in faults.items():
            for fault in found:
                print(f"station: {writer.hex()}: {fault}", file=sys.stderr)
        print(context.say("cli.journal.verified", journals=len(heads), entries=entries, faults=number))
        _print_replayed(context, replayed)
    return Exit.OK if well else Exit.NEGATIVE


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


def run_export(context: Context, options: argparse.Namespace) -> Exit:
    import os

    from sync.journal_file import write_journals

    store = context.station.store
    try:
        descriptor = os.open(options.out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            with store.reading() as view:
                entries = write_journals(view.journals, store.root_key, out)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise CliError(context.say("cli.file.unwritable", file=options.out)) from error
    print(context.say("cli.journal.exported", entries=entries, file=options.out))
    return Exit.OK


def run_replay(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.home.facts import FILE
    from station_app.station.replaying import rebuild_file
    from sync.journal_file import BadJournalFile

    try:
        rebuilt, root_key = rebuild_file(options.file)
    except BadJournalFile as error:
        raise CliError(context.say(f"cli.journal.{error.code}", file=options.file), Exit.NEGATIVE) from error
    except OSError as error:
        raise CliError(context.say("cli.file.unreadable", file=options.file)) from error
    live = None
    if (context.home / FILE).exists():
        store = context.station.store
        if store.root_key != root_key:
            raise CliError(context.say("cli.journal.other_city", file=options.file), Exit.NEGATIVE)
        with store.reading() as view:
            live = view.digests.all()
    told = _told(rebuilt, live)
    if options.json:
        context.print_json(told)
    else:
        _print_replayed(context, told)
    return Exit.OK if told["ok"] else Exit.NEGATIVE


def _replayed(context: Context) -> dict[str, Any]:
    from station_app.station.replaying import rebuild_apart

    return _told(*rebuild_apart(context.station.store))


def _told(rebuilt: "Rebuilt", live: "dict[str, Any] | None") -> dict[str, Any]:
    from dataclasses import asdict

    differences = {} if live is None else rebuilt.differences(live)
    return {
        "ok": not (rebuilt.refused or differences),
        "entries": rebuilt.entries,
        "counts": asdict(rebuilt.counts),
        "compared": live is not None,
        "refused": {writer.hex(): outcome.value for writer, outcome in rebuilt.refused.items()},
        "tables": {name: digest.rows for name, digest in rebuilt.tables.items()},
        "differences": {name: {"replayed": replayed, "held": held} for name, (replayed, held) in differences.items()},
    }


def _print_replayed(context: Context, told: dict[str, Any]) -> None:
    if not told:
        return
    for writer, outcome in told["refused"].items():
        print(f"station: {writer}: {outcome}", file=sys.stderr)
    for name, rows in told["differences"].items():
        print(f"station: {context.say('cli.journal.differs', table=name, **rows)}", file=sys.stderr)
    key = "compared" if told["compared"] else "replayed"
    print(
        context.say(
            f"cli.journal.{key}",
            entries=told["entries"],
            tables=len(told["tables"]),
            differing=len(told["differences"]),
        )
    )
    print(context.say("cli.status.counts", **told["counts"]))
