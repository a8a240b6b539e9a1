"""The command's grammar. Nothing heavy is loaded before a command runs, so that help comes at once."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from city_server.cli.output import words

MOST_WORKERS = 64
Run = Callable[[argparse.Namespace], int]


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments, with `run` set to what carries them out. Exits by itself where they make no sense."""
    from city_server.cli import bundle_commands, card, commands, leases, member

    top = argparse.ArgumentParser(prog="city", description=words("city.help.city"), epilog=words("city.help.codes"))
    verbs = top.add_subparsers(title=words("city.help.commands"), metavar="COMMAND", required=True, dest="command")
    _add_init(_verb(verbs, "init", commands.init))
    _add_enrol(_verb(verbs, "enrol", commands.enrol))
    _add_serve(_verb(verbs, "serve", commands.serve))
    _add_json(_verb(verbs, "status", commands.status))
    _add_revoke(_verb(verbs, "revoke", leases.revoke))
    _add_lease(_verb(verbs, "lease", leases.lease))
    _add_unlock(_verb(verbs, "unlock", leases.unlock))
    _add_import(_verb(_group(verbs, "roster"), "import", commands.import_roster, "roster_import"))
    _add_event(_verb(_group(verbs, "event"), "publish", commands.publish_event, "event_publish"))
    _add_pack(_verb(_group(verbs, "catalogue"), "publish", commands.publish_pack, "catalogue_publish"))
    _add_enrol_file(_verb(verbs, "enrol-file", bundle_commands.enrol_file, "enrol_file"))
    bundle = _group(verbs, "bundle")
    _add_export(_verb(bundle, "export", bundle_commands.export, "bundle_export"))
    _add_bundle_import(_verb(bundle, "import", bundle_commands.import_file, "bundle_import"))
    cards = _group(verbs, "card")
    _add_json(_verb(cards, "statuses", card.publish_statuses, "card_statuses"))
    _add_trust(_verb(cards, "trust", card.write_trust, "card_trust"))
    _add_conflicts(_verb(verbs, "conflicts", commands.conflicts))
    _add_json(_verb(_group(verbs, "journal"), "verify", commands.verify_journals, "journal_verify"))
    members = _group(verbs, "member")
    _add_find(_verb(members, "find", member.find, "member_find"))
    _add_member_export(_verb(members, "export", member.export, "member_export"))
    _add_erase(_verb(members, "erase", member.erase, "member_erase"))
    return top.parse_args(argv)


_Verbs = argparse._SubParsersAction  # noqa: SLF001  # argparse has no public name for what add_subparsers answers


def _verb(verbs: "_Verbs[argparse.ArgumentParser]", name: str, run: Run, key: str = "") -> argparse.ArgumentParser:
    text = words(f"city.help.{key or name}")
    parser = verbs.add_parser(name, help=text, description=text)
    parser.add_argument("--home", type=Path, required=True, metavar="DIR", help=words("city.help.home"))
    parser.set_defaults(run=run)
    return parser


def _group(verbs: "_Verbs[argparse.ArgumentParser]", name: str) -> "_Verbs[argparse.ArgumentParser]":
    text = words(f"city.help.{name}")
    parser = verbs.add_parser(name, help=text, description=text)
    return parser.add_subparsers(title=words("city.help.commands"), metavar="COMMAND", required=True, dest="verb")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=words("city.help.json"))


def _add_trust(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help=words("city.help.trust_out"))
    _add_json(parser)


def _add_init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--db", metavar="URL", help=words("city.help.db"))
    parser.add_argument("--region", default="", metavar="CODE", help=words("city.help.region"))
    parser.add_argument("--name", help=words("city.help.name"))
    parser.add_argument("--title", help=words("city.help.title"))
    _add_json(parser)


def _add_enrol(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=words("city.help.station_name"))
    parser.add_argument("--district", required=True, metavar="CODE", help=words("city.help.district"))
    _add_json(parser)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help=words("city.help.host"))
    parser.add_argument("--port", type=int, default=8600, help=words("city.help.port"))
    parser.add_argument("--workers", type=_workers, default=1, metavar="N", help=words("city.help.workers"))
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help=words("city.help.tls_cert"))
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help=words("city.help.tls_key"))
    parser.add_argument("--metrics-port", type=int, metavar="PORT", help=words("city.help.metrics_port"))


def _add_revoke(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="NUMBER", help=words("city.help.number"))
    parser.add_argument("--reason", required=True, help=words("city.help.reason"))
    parser.add_argument("--since", type=_moment, metavar="TIME", help=words("city.help.since"))
    _add_json(parser)


def _add_lease(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--days", type=int, metavar="N", help=words("city.help.lease_days"))
    parser.add_argument("--warn", type=int, metavar="N", help=words("city.help.lease_warn"))
    _add_json(parser)


def _add_unlock(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="NUMBER", help=words("city.help.number"))
    parser.add_argument("challenge", metavar="CODE", help=words("city.help.challenge"))
    parser.add_argument("--although-revoked", action="store_true", help=words("city.help.although_revoked"))
    _add_json(parser)


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=words("city.help.roster_file"))
    parser.add_argument("--skip-bad", action="store_true", help=words("city.help.skip_bad"))
    _add_json(parser)


def _add_event(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", metavar="ID", help=words("city.help.event_id"))
    parser.add_argument("name", metavar="NAME", help=words("city.help.event_name"))
    parser.add_argument("--place", required=True, help=words("city.help.place"))
    parser.add_argument("--district", required=True, metavar="CODE", help=words("city.help.district"))
    parser.add_argument(
        "--from", dest="first_day", type=_day, required=True, metavar="DAY", help=words("city.help.first_day")
    )
    parser.add_argument("--to", dest="last_day", type=_day, metavar="DAY", help=words("city.help.last_day"))
    parser.add_argument("--pack", dest="packs", action="append", required=True, help=words("city.help.event_pack"))
    parser.add_argument(
        "--stock", type=_stock, action="append", default=[], metavar="SERVICE=N", help=words("city.help.stock")
    )


def _add_conflicts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--event", metavar="ID", help=words("city.help.conflicts_event"))
    _add_json(parser)


def _add_pack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", metavar="PACK", help=words("city.help.pack"))


def _add_find(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help=words("city.help.member_text"))
    parser.add_argument("--limit", type=int, default=50, help=words("city.help.limit"))
    _add_json(parser)


def _add_member_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("member", metavar="MEMBER", help=words("city.help.one_member"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=words("city.help.member_out"))


def _add_erase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("member", metavar="MEMBER", help=words("city.help.one_member"))
    parser.add_argument("--reason", required=True, help=words("city.help.erase_reason"))
    _add_json(parser)


def _add_enrol_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=words("city.help.request_file"))
    _add_out(parser)


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="NUMBER", help=words("city.help.number"))
    parser.add_argument("--all", action="store_true", help=words("city.help.bundle_all"))
    _add_out(parser)


def _add_bundle_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=words("city.help.bundle_file"))
    _add_json(parser)


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="PATH", help=words("city.help.bundle_out"))
    _add_json(parser)


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(words("city.help.not_workers", text=text, most=MOST_WORKERS))
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(words("city.help.not_a_day", text=text)) from None


def _moment(text: str) -> int:
    """Milliseconds since 1970 of a day or a moment of ISO 8601, in this computer's zone where none is named."""
    try:
        return int(datetime.fromisoformat(text).astimezone().timestamp() * 1_000)
    except (ValueError, OverflowError, OSError):
        raise argparse.ArgumentTypeError(words("city.help.not_a_moment", text=text)) from None


def _stock(text: str) -> tuple[str, int]:
    service, _, number = text.partition("=")
    if not service or not number.isdecimal():
        raise argparse.ArgumentTypeError(words("city.help.not_a_stock", text=text))
    return service, int(number)
