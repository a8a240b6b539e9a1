"""`station staff`: who works here, and how they open the store."""

import argparse
import getpass
import sys
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    staff = commands.add_parser("staff", help="who works here, and their PINs", description=__doc__)
    actions = staff.add_subparsers(metavar="ACTION", required=True)
    adding = actions.add_parser("add", parents=[common], help="name a member of staff and set a PIN")
    adding.add_argument("name")
    adding.add_argument("--supervisor", action="store_true", help="may void records and release phones")
    adding.add_argument("--pin-stdin", action="store_true", help="read the PIN from standard input")
    adding.set_defaults(run=run_add)
    listing = actions.add_parser("list", parents=[common], help="list the staff")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    listing.set_defaults(run=run_list)
    only = actions.add_parser(
        "only-pins",
        parents=[common],
        help="let only PINs open the store from now on",
        description="Removes the device's own key. Commands then no longer open the store; the window does.",
    )
    only.set_defaults(run=run_only_pins)
    check = commands.add_parser(
        "unlock-check",
        parents=[common],
        help="check that the store opens",
        description="With the device's own key, or with --staff and a PIN from standard input.",
    )
    check.add_argument("--staff", metavar="NAME", help="check this member of staff's PIN")
    check.set_defaults(run=run_unlock_check)


def run_add(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.home.keyslots import KeySlots
    from station_app.station.staffing import add_staff
    from station_core.records.roles import Role

    store_key = KeySlots.read(context.home).open_with_device(context.home)
    role = Role.SUPERVISOR if options.supervisor else Role.OPERATOR
    staff = add_staff(context.station, store_key, options.name, role, _pin(context, options.pin_stdin))
    print(context.say("cli.staff.added", name=staff.name, id=staff.id))
    return Exit.OK


def run_list(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.home.keyslots import KeySlots

    for slot in KeySlots.read(context.home).pins:
        line = {"id": slot.operator, "name": slot.name, "role": slot.role.value}
        if options.json:
            context.print_json(line)
        else:
            print("\t".join(line.values()))
    return Exit.OK


def run_only_pins(context: Context, _: argparse.Namespace) -> Exit:
    from station_app.home.keyslots import KeySlots

    slots = KeySlots.read(context.home)
    if not slots.pins:
        raise CliError(context.say("cli.staff.nobody"), Exit.NEGATIVE)
    slots.only_pins(context.home).write(context.home)
    return Exit.OK


def run_unlock_check(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.home.errors import UnknownStaff
    from station_app.home.keyslots import KeySlots
    from station_app.station.station import Station

    slots = KeySlots.read(context.home)
    if options.staff is None:
        key = slots.open_with_device(context.home)
    else:
        slot = next((slot for slot in slots.pins if options.staff in (slot.name, slot.operator)), None)
        if slot is None:
            raise UnknownStaff(operator=options.staff)
        key = slot.open(_pin(context, from_stdin=not sys.stdin.isatty()))
    Station.open(context.home, key).close()
    print(context.say("cli.staff.opens"))
    return Exit.OK


def _pin(context: Context, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().strip()
    pin = getpass.getpass(context.say("cli.staff.pin"))
    if getpass.getpass(context.say("cli.staff.pin_again")) != pin:
        raise CliError(context.say("cli.staff.pins_differ"), Exit.NEGATIVE)
    return pin
