"""`station verify`: whether a card is to be accepted, and what to do next."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station_app.cli.context import Context
from station_app.cli.errors import CliError, Exit

if TYPE_CHECKING:
    from station_core.credential.signatures import PublicKey
    from station_core.credential.verify import TrustView

MOST_FILE_BYTES = 8 * 1024 * 1024
_CHINA = timezone(timedelta(hours=8))
_SECOND_MS = 1_000


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "verify",
        parents=[common],
        help="say whether a card is to be accepted, and what to do next",
        description="With a station, by what it knows. With --key, by that key alone: the issuer's own, or the city's "
        "together with the file that `city card trust` writes; other systems' claim 169 codes are verified by their "
        "issuer's key. Exit code 0 where the card is valid, 1 where it is not.",
    )
    parser.add_argument("code", metavar="TEXT|IMAGE", help="the text of a code, a picture with it, or - for stdin")
    parser.add_argument(
        "--key", action="append", default=[], metavar="FILE|HEX", help="a public key to trust; may be repeated"
    )
    parser.add_argument("--trust", type=Path, metavar="FILE", help="what `city card trust` wrote; needs the city's key")
    parser.add_argument(
        "--status-list", action="append", default=[], type=Path, metavar="FILE", help="a signed Token Status List (CWT)"
    )
    parser.add_argument("--at", type=_moment_ms, metavar="TIME", help="judge as at this time (default: now)")
    parser.add_argument("--reveal", action="store_true", help="show the whole name")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.cli.verdicts import of_card, of_identity, print_verdict
    from station_core.credential import card

    keys = [_key(context, one) for one in options.key]
    text = _text(context, options.code)
    if keys and not card.is_card(text):
        verdict = of_identity(text, keys, _at_ms(options), reveal=options.reveal)
    else:
        with _trust(context, options, keys) as (trust, now_ms):
            at_ms = now_ms if options.at is None else options.at
            verdict = of_card(text, trust, at_ms, reveal=options.reveal)
    print_verdict(context, verdict, as_json=options.json)
    return Exit.OK if verdict["accepted"] else Exit.NEGATIVE


def _text(context: Context, code: str) -> str:
    """What the code says; of several in a picture the one that says it is a card."""
    if code == "-":
        return sys.stdin.read(MOST_FILE_BYTES).rstrip("\r\n")
    if not _is_file(code):
        return code
    from station_app.scanning.decoder import Decoder
    from station_app.scanning.pictures import load_picture
    from station_core.credential import card

    texts = [reading.text for reading in Decoder().read_still(load_picture(Path(code)))]
    if not texts:
        raise CliError(context.say("cli.scan.nothing"), Exit.NEGATIVE)
    return next((text for text in texts if card.is_card(text)), texts[0])


def _is_file(code: str) -> bool:
    try:
        return Path(code).is_file()
    except (OSError, ValueError):  # too long for a name, or with a character that no name has
        return False


@contextmanager
def _trust(context: Context, options: argparse.Namespace, keys: "list[PublicKey]") -> "Iterator[tuple[TrustView, int]]":
    """What the card is verified against, and the time where that is known better than here."""
    from station_app.home.facts import FILE
    from station_app.station.verifying import FileRefused, WithLists, list_by, trust_of_keys
    from station_core.credential.public_keys import read_public_key

    try:
        if keys:
            lists = tuple(list_by(_read(context, file), keys) for file in options.status_list)
            said = trust_of_keys(keys, None if options.trust is None else _read(context, options.trust))
            yield WithLists(said, lists), _at_ms(options)
            return
    except FileRefused as refused:
        raise CliError(context.say("cli.verify.not_signed")) from refused
    if options.trust is not None or not (context.home / FILE).exists():
        raise CliError(context.say("cli.verify.no_trust"), Exit.USAGE)
    station = context.station
    try:
        root = [read_public_key(station.store.root_key)]
        lists = tuple(list_by(_read(context, file), root) for file in options.status_list)
    except FileRefused as refused:
        raise CliError(context.say("cli.verify.not_signed")) from refused
    with station.store.reading() as view:
        yield WithLists(station.trust(view), lists), station.now_ms()


def _at_ms(options: argparse.Namespace) -> int:
    now_ms = int(datetime.now(tz=UTC).timestamp() * _SECOND_MS)
    return now_ms if options.at is None else int(options.at)


def _key(context: Context, said: str) -> "PublicKey":
    from station_core.credential.public_keys import UnusableKey, read_public_key

    data = _read(context, Path(said)) if _is_file(said) else said.encode(errors="replace")
    try:
        return read_public_key(data)
    except UnusableKey as error:
        raise CliError(context.say("cli.verify.bad_key")) from error


def _read(context: Context, file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_FILE_BYTES + 1)
    except OSError as error:
        raise CliError(context.say("cli.file.unreadable", file=file)) from error


def _moment_ms(said: str) -> int:
    """Milliseconds since 1970: from seconds, or from a date or time by ISO 8601, which without a zone is China's."""
    try:
        if said.isascii() and said.isdigit():
            return int(said) * _SECOND_MS
        moment = datetime.fromisoformat(said)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=_CHINA)).timestamp() * _SECOND_MS)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError(f"not a time: {said}") from error
