"""`station card`: issue a member's card as a PDF, take cards back, list them."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resources.texts import Language
from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit
from station_core.records.cards import RevocationReason

if TYPE_CHECKING:
    from db.values import Card, Person


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "card",
        parents=[common],
        help="issue a member's card as a PDF, take cards back, list them",
        description="A new card replaces the member's earlier ones, which are revoked by it: so it renews a card and "
        "replaces a lost one. What is revoked stays so, at every station that hears of it.",
    )
    parser.add_argument("member", nargs="?", metavar="MEMBER", help="a member number, or what fits just one member")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--out", type=Path, metavar="FILE.pdf", help="issue a card; where it goes")
    reasons = [reason.value for reason in RevocationReason if reason is not RevocationReason.REPLACED]
    what.add_argument("--revoke", choices=reasons, help="take back every card that still stands, for this reason")
    what.add_argument("--list", action="store_true", help="show the member's cards, the latest first")
    parser.add_argument(
        "--earlier", choices=[one.value for one in RevocationReason], default="replaced", help="why earlier cards end"
    )
    parser.add_argument("--card-language", choices=[one.value for one in Language], default="zh", help="of its labels")
    parser.add_argument("--layout", metavar="NAME", help="what it is printed on; `list` names them (default: as set)")
    parser.add_argument("--preview", action="store_true", help="with --out: how it would look; nothing is issued")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.cli.people import one_member

    if options.layout == "list":
        return _list_layouts(context)
    if options.member is None or not (options.out or options.revoke or options.list):
        raise CliError(context.say("cli.card.needed"), Exit.USAGE)
    if options.out is not None and not options.out.parent.is_dir():
        raise CliError(context.say("cli.file.no_folder", folder=options.out.parent))
    person = one_member(context, options.member)
    if options.revoke is not None:
        return _revoke(context, person, RevocationReason(options.revoke), as_json=options.json)
    if options.list:
        return _list(context, person, options)
    return _preview(context, person, options) if options.preview else _issue(context, person, options)


def _list_layouts(context: Context) -> Exit:
    from printing.paper import card_layouts
    from station_app.station.settings import OWN_LAYOUTS

    print("\n".join(card_layouts(context.home / OWN_LAYOUTS)))
    return Exit.OK


def _preview(context: Context, person: "Person", options: argparse.Namespace) -> Exit:
    from station_app.station.cards import Cards

    specimen = Cards(context.station).specimen(person.id, Language(options.card_language), options.layout)
    if specimen is not None:
        _write(context, options.out, specimen.pdf)
    print(context.say("cli.card.preview", file=options.out))
    return Exit.OK


def _issue(context: Context, person: "Person", options: argparse.Namespace) -> Exit:
    from station_app.station.cards import Cards, NewCard
    from station_app.station.staffing import ADMINISTRATOR

    language, earlier = Language(options.card_language), RevocationReason(options.earlier)
    new = Cards(context.station).issue(person.id, ADMINISTRATOR, language, earlier, layout=options.layout)
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


def _revoke(context: Context, person: "Person", reason: RevocationReason, *, as_json: bool) -> Exit:
    from station_app.station.cards import Cards
    from station_app.station.staffing import ADMINISTRATOR

    number = Cards(context.station).revoke(person.id, reason, ADMINISTRATOR)
    if as_json:
        context.print_json({"member_no": person.member_no, "revoked": number, "reason": reason.value})
    else:
        print(context.say("cli.card.revoked", count=number, reason=context.say(f"members.reason.{reason}")))
    return Exit.OK if number else Exit.NEGATIVE


def _list(context: Context, person: "Person", options: argparse.Namespace) -> Exit:
    with context.station.store.reading() as view:
        cards = view.cards.of_people(person.all_ids)
    for card in cards:
        line = _line(card)
        if options.json:
            context.print_json(line)
        else:
            print("\t".join(str(value or "-") for value in line.values()))
    return Exit.OK if cards else Exit.NEGATIVE


def _line(card: "Card") -> dict[str, str | None]:
    return {
        "card": card.id.hex(),
        "issued_on": card.issued_on.isoformat(),
        "expires_on": card.expires_on.isoformat(),
        "revoked": card.revocation,
    }


def _write(context: Context, file: Path, pdf: bytes) -> None:
    """Whole or not at all."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(pdf)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CliError(context.say("cli.file.unwritable", file=file)) from error
