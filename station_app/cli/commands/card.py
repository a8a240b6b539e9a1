"""`station card`: issue a member's card as a PDF."""

import argparse
from pathlib import Path
from typing import Any

from resources.texts import Language
from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "card",
        parents=[common],
        help="issue a member's card as a PDF",
        description="A new card replaces the member's earlier ones, which are revoked by it.",
    )
    parser.add_argument("member", metavar="MEMBER", help="a member number, or what fits just one member")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf", help="where the card goes")
    parser.add_argument("--card-language", choices=[one.value for one in Language], default="zh", help="of its labels")
    parser.add_argument("--json", action="store_true", help="print the card's id and file as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.cli.people import one_member
    from station_app.station.cards import Cards, NewCard
    from station_app.station.staffing import ADMINISTRATOR

    if not options.out.parent.is_dir():
        raise CliError(context.say("cli.file.no_folder", folder=options.out.parent))
    person = one_member(context, options.member)
    new = Cards(context.station).issue(person.id, ADMINISTRATOR, Language(options.card_language))
    if not isinstance(new, NewCard):
        raise CliError(context.say("cli.card.not_served"), Exit.NEGATIVE)
    _write(context, options.out, new.pdf)
    if options.json:
        context.print_json(
            {
                "card": new.card.hex(),
                "member_no": person.member_no,
                "file": str(options.out),
                "expires_on": new.face.expires_on.isoformat(),
            }
        )
    else:
        print(context.say("cli.card.done", file=options.out))
    return Exit.OK


def _write(context: Context, file: Path, pdf: bytes) -> None:
    """Whole or not at all."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(pdf)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CliError(context.say("cli.file.unwritable", file=file)) from error
