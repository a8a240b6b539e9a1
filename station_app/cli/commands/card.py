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
    parser.add_argument("member", nargs="?", metavar="MEMBER", help="a member number, or what fits just one member")
    parser.add_argument("--out", type=Path, metavar="FILE.pdf", help="where the card goes")
    parser.add_argument("--card-language", choices=[one.value for one in Language], default="zh", help="of its labels")
    parser.add_argument("--layout", metavar="NAME", help="what it is printed on; `list` names them (default: as set)")
    parser.add_argument("--preview", action="store_true", help="show how it would look; nothing is issued")
    parser.add_argument("--json", action="store_true", help="print the card's id and file as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.cli.people import one_member
    from station_app.station.cards import Cards, NewCard
    from station_app.station.staffing import ADMINISTRATOR

    if options.layout == "list":
        return _list_layouts(context)
    if options.member is None or options.out is None:
        raise CliError(context.say("cli.card.needed"), Exit.USAGE)
    if not options.out.parent.is_dir():
        raise CliError(context.say("cli.file.no_folder", folder=options.out.parent))
    person = one_member(context, options.member)
    cards, language = Cards(context.station), Language(options.card_language)
    if options.preview:
        specimen = cards.specimen(person.id, language, options.layout)
        if specimen is not None:
            _write(context, options.out, specimen.pdf)
        print(context.say("cli.card.preview", file=options.out))
        return Exit.OK
    new = cards.issue(person.id, ADMINISTRATOR, language, options.layout)
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


def _list_layouts(context: Context) -> Exit:
    from printing.paper import card_layouts
    from station_app.station.settings import OWN_LAYOUTS

    print("\n".join(card_layouts(context.home / OWN_LAYOUTS)))
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
