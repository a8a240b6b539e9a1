"""`station scan`: read codes from pictures, folders and videos, and say whose they are."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station_app.cli.context import Context
from station_app.cli.errors import Exit
from station_app.cli.sentences import sentence_for

if TYPE_CHECKING:
    from station_app.scanning.decoder import Decoder

UNCHECKED = "unchecked"
OTHER_KINDS = ("data_matrix", "aztec", "pdf417", "code_128", "code_39", "ean")


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "scan",
        parents=[common],
        help="read the codes in pictures, folders or videos, and say whose they are",
        description="One line a code: file, text, kind, verdict, member. Where no station has been set up, codes are "
        "read and not judged (verdict: unchecked). Exit code 1 where no code was read.",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a picture, a folder of them, a video")
    parser.add_argument(
        "--also",
        action="append",
        default=[],
        metavar="KIND",
        choices=OTHER_KINDS,
        help="read such codes besides QR; may be given several times: " + ", ".join(OTHER_KINDS),
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(context: Context, options: argparse.Namespace) -> Exit:
    from station_app.scanning.decoder import Decoder
    from station_app.scanning.problems import ScanningError
    from station_app.scanning.readings import ONLY_QR, Symbology

    judge, decoder = _judge(context), Decoder(ONLY_QR | {Symbology(kind) for kind in options.also})
    for missing in decoder.missing_engines:
        print(f"station: {sentence_for(missing, context.language)}", file=sys.stderr)
    reads, troubled = 0, False
    for path in options.paths:
        try:
            for found in _codes(path, decoder):
                reads += 1
                _print(context, options.json, {**found, **judge(found["text"])})
        except ScanningError as problem:
            troubled = True
            print(f"station: {sentence_for(problem, context.language)}", file=sys.stderr)
    if troubled:
        return Exit.TROUBLE
    if not reads:
        print(f"station: {context.say('cli.scan.nothing')}", file=sys.stderr)
    return Exit.OK if reads else Exit.NEGATIVE


def _codes(path: Path, decoder: "Decoder") -> Iterator[dict[str, Any]]:
    """Each code once a file. A video is read as a camera is, a picture with every attempt that it takes."""
    from station_app.scanning.frame_reader import FrameReader
    from station_app.scanning.sources import VideoFile, frames_of, source_of

    source = source_of(path)
    is_video = isinstance(source, VideoFile)
    read = FrameReader(decoder).read if is_video else decoder.read_still
    seen: set[tuple[str, str]] = set()
    for frame in frames_of(source):
        file = str(path) if is_video else frame.origin
        for reading in read(frame.picture):
            if (file, reading.text) not in seen:
                seen.add((file, reading.text))
                yield {"file": file, "text": reading.text, "symbology": reading.symbology.value}


def _judge(context: Context) -> Any:
    """Whose a code is, as fields of the line."""
    from station_app.home.facts import FILE

    if not (context.home / FILE).exists():
        return lambda _text: {"kind": None, "verdict": UNCHECKED, "member": None}
    from station_app.station.counter import Counter

    counter = Counter(context.station)
    return lambda text: _verdict(counter.scan(text))


def _verdict(scan: Any) -> dict[str, Any]:
    from station_core.people import names

    identity = scan.identity
    person = scan.served.person if scan.served else None
    name = person.name if person else (identity.claims.name if identity.claims else None)
    member = None
    if identity.member_no:
        member = {"member_no": identity.member_no, "name": names.mask(name) if name else None}
    return {"kind": identity.kind.value, "verdict": identity.verdict.value, "member": member}


def _verdict_words(context: Context, verdict: str) -> str:
    if verdict == UNCHECKED:
        return context.say("cli.scan.unchecked")
    return context.say(f"desk.verdict.{verdict}.title")


def _print(context: Context, as_json: bool, line: dict[str, Any]) -> None:
    if as_json:
        context.print_json(line)
        return
    member = line["member"]
    whose = f"{member['member_no']} {member['name'] or ''}".strip() if member else "-"
    print("\t".join((line["file"], line["text"], _verdict_words(context, line["verdict"]), whose)))
