"""`station member`: register and find members."""

import argparse
import sys
from pathlib import Path
from typing import Any

from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("member", help="register and find members", description=__doc__)
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    _add_find(actions, common)
    _add_add(actions, common)


def _add_find(actions: Any, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "find",
        parents=[common],
        help="find members",
        description="By name (one character suffices), pinyin, initials, member number, or the last digits of phone, "
        "member or ID number. Exit code 1 where nobody fits.",
    )
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--limit", type=_at_least_one, default=50, help="at most so many (default: 50)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=find)


def _add_add(actions: Any, common: argparse.ArgumentParser) -> None:
    parser = actions.add_parser(
        "add",
        parents=[common],
        help="register a member",
        description="The registration form. Every problem is said at once, and nothing is saved while there is one.",
    )
    parser.add_argument("--name", required=True, help="as on the ID card")
    parser.add_argument("--id-number", "--id", required=True, dest="id_number", help="18 characters (GB 11643)")
    parser.add_argument("--phone", required=True, help="mobile number")
    parser.add_argument("--occupation", default="other", help="occupation group, such as truck_driver (default: other)")
    parser.add_argument("--employer", default="", help="employer or platform")
    parser.add_argument("--union", help="code of the union organisation; default: the district's transit union")
    parser.add_argument("--district", help="six-digit code, for the transit union; default: the station's own")
    parser.add_argument(
        "--consent",
        nargs="?",
        const="",
        metavar="VERSION",
        help="the person agreed to the privacy notice (default: its current version)",
    )
    parser.add_argument("--photo", type=Path, metavar="FILE", help="JPEG or PNG")
    parser.add_argument("--json", action="store_true", help="print the new member, or the problems, as JSON")
    parser.set_defaults(run=register)


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def find(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.cli.people import described

    with context.station.store.reading() as view:
        people = view.people.search(options.text, options.limit)
    for person in people:
        line = described(person)
        if options.json:
            context.print_json(line)
        else:
            print(
                "\t".join(str(line[key] or "-") for key in ("member_no", "name", "phone", "occupation", "membership"))
            )
    if not people:
        print(f"station: {context.say('cli.member.unknown', text=options.text)}", file=sys.stderr)
    return Exit.OK if people else Exit.NEGATIVE


def register(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.station.joining import Joined, Joining
    from station_app.station.staffing import ADMINISTRATOR

    joining = Joining(context.station)
    came_of_it = joining.register(_application(context, options, joining), ADMINISTRATOR)
    if isinstance(came_of_it, Joined):
        return _say_joined(context, options, came_of_it)
    problems = [
        {
            "field": problem.field.value,
            "code": problem.code.value,
            "text": context.say(f"people.problem.{problem.code}", **problem.params),
        }
        for problem in came_of_it.problems
    ]
    if options.json:
        context.print_json({"ok": False, "problems": problems})
    for problem in problems:
        print(f"station: {problem['field']}: {problem['text']}", file=sys.stderr)
    return Exit.NEGATIVE


def _application(context: Context, options: argparse.Namespace, joining: Any) -> Any:
    from station_core.ids import DistrictCode, UnionCode
    from station_core.people.application import Application

    version = options.consent
    if version == "":
        notice = joining.notice()
        version = notice.version if notice else None
    return Application(
        name=options.name,
        id_number=options.id_number,
        phone=options.phone,
        occupation=options.occupation,
        employer_or_platform=options.employer,
        union_code=UnionCode(options.union) if options.union else None,
        district_code=DistrictCode(options.district or context.station.facts.district),
        consent_version=version,
        photo=_photo(context, options.photo),
    )


def _photo(context: Context, file: Path | None) -> bytes | None:
    if file is None:
        return None
    try:
        return file.read_bytes()
    except OSError as error:
        raise CliError(context.say("cli.file.unreadable", file=file)) from error


def _say_joined(context: Context, options: argparse.Namespace, joined: Any) -> Exit:
    if options.json:
        notices = [notice.code.value for notice in joined.notices]
        context.print_json({"ok": True, "member_no": joined.member_no, "notices": notices})
    else:
        print(context.say("cli.member.joined", member_no=joined.member_no))
    return Exit.OK
