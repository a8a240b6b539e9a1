"""`station backup` and `station restore`: a copy of the station, and a station from a copy."""

import argparse
from pathlib import Path
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    backup = commands.add_parser(
        "backup",
        parents=[common],
        help="copy the station, as encrypted as it is, and check the copy",
        description="To its own folder `backups`, of which seven days and four weeks are kept, or to another disk.",
    )
    backup.add_argument("--to", type=Path, metavar="DIR", help="a folder elsewhere, such as on a stick")
    backup.add_argument(
        "--with-device-key", action="store_true", help="with the device's own key: whoever has the copy can open it"
    )
    backup.add_argument("--json", action="store_true", help="print it as JSON")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser(
        "restore",
        parents=[common],
        help="make a station from a backup, or put a damaged one right",
        description="In the new folder --home, or --into a station whose damaged files are kept aside. "
        "Close its window first.",
    )
    restore.add_argument("backup", type=Path, nargs="?", metavar="BACKUP", help="a backup's folder")
    restore.add_argument("--latest", action="store_true", help="the newest good one of the station's own backups")
    restore.add_argument("--into", type=Path, metavar="HOME", help="the station to put right")
    restore.add_argument("--json", action="store_true", help="print it as JSON")
    restore.set_defaults(run=run_restore)


def run_backup(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.home.keyslots import KeySlots
    from station_app.station.backup import back_up

    store_key = KeySlots.read(context.home).open_with_device(context.home)
    made = back_up(context.home, store_key, options.to, with_device_key=options.with_device_key)
    if options.json:
        context.print_json({"place": str(made.place), "at_ms": round(made.at.timestamp() * 1_000)})
    else:
        print(context.say("repairs.backup.done", place=made.place))
    return Exit.OK


def run_restore(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.restore import restore_into, restore_latest, restore_new

    if options.latest == (options.backup is not None):
        raise CliError(context.say("repairs.restore.which"), Exit.USAGE)
    if options.latest:
        done = restore_latest(options.into or context.home)
    elif options.into is not None:
        done = restore_into(options.backup, options.into)
    else:
        done = restore_new(options.backup, context.home)
    if options.json:
        aside = None if done.aside is None else str(done.aside)
        context.print_json({"home": str(done.home), "backup": str(done.backup), "aside": aside})
        return Exit.OK
    print(context.say("repairs.restore.done", backup=done.backup, home=done.home))
    if done.aside is not None:
        print(context.say("repairs.restore.aside", place=done.aside))
    return Exit.OK
