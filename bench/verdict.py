"""From a still frame to a verdict with 400,000 members in the store, against bare decoding; and searching among them.

The frame is 1280 × 720 with a card's signed code. The product decodes it, verifies the signature, finds the member and
asks the rules for every service on offer; the bare side is zxing-cpp alone. The store is made once, in the temporary
folder, and kept for the next time.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import cycle
from pathlib import Path
from typing import Any

from bench._people import GIVEN, SURNAMES, imports
from bench._station import STAFF, new_station, take
from bench._timing import interleaved, middle, percentile, time_ms
from bench._verdicts import verdict_times
from db.migrations import HEAD
from station_app.station.cards import Cards, NewCard
from station_app.station.station import Station

AIM_MS = 10.0
SEARCH_AIM_MS = 50.0
SEARCHES = 60
CARD_FILE = "card.txt"


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench verdict", description=__doc__)
    parser.add_argument("--members", type=int, default=400_000, help="in the store (default: 400,000)")
    parser.add_argument("--rounds", type=int, default=200, help="frames of each (default: 200)")
    parser.add_argument("--fresh", action="store_true", help="make the store anew")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    options = parser.parse_args(arguments)
    home = _store_of(options.members, fresh=options.fresh)
    station = Station.open(home / "station")
    try:
        text = (home / CARD_FILE).read_text(encoding="ascii")
        result = {"members": options.members, **_verdicts(station, text, options.rounds), "search": _searches(station)}
    finally:
        station.close()
    print(json.dumps(result, ensure_ascii=False) if options.json else _in_words(result))
    return 0


def _store_of(members: int, *, fresh: bool) -> Path:
    """The folder of a station with so many members and one card."""
    home = Path(tempfile.gettempdir()) / f"station-bench-{members}-{HEAD}"
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    if not home.is_dir():
        partial = home.with_name(f"{home.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        took_ms = time_ms(lambda: _make_store(partial, members))
        print(f"the store was made in {took_ms / 1000:.0f} s: {home}", file=sys.stderr)
        partial.rename(home)
    return home


def _make_store(folder: Path, members: int) -> None:
    station, city = new_station(folder / "station")
    person = None
    for record in imports(members):
        take(station, city.write(record))
        person = record.people[-1]
    card = Cards(station).issue(person, STAFF) if person else None
    station.close()
    if not isinstance(card, NewCard):
        raise TypeError("no card was issued")
    (folder / CARD_FILE).write_text(card.face.qr_text, encoding="ascii")


def _verdicts(station: Station, text: str, rounds: int) -> dict[str, object]:
    times = verdict_times(station, text, rounds)
    verdict_ms, decoding_ms, bare_ms = (middle(times[name]) for name in ("verdict", "decoding", "bare"))
    return {
        "verdict_ms": verdict_ms,
        "verdict_p95_ms": round(percentile(times["verdict"], 95), 3),
        "decoding_ms": decoding_ms,
        "bare_decoding_ms": bare_ms,
        "more_than_bare_ms": round(verdict_ms - bare_ms, 3),
        "ratio": round(verdict_ms / bare_ms, 2),
        "aim_more_than_bare_ms": AIM_MS,
    }


def _searches(station: Station) -> dict[str, dict[str, float]]:
    """Each kind of question in turn, in the words of people who may be there."""
    chance = random.Random(7)

    def names() -> Iterable[str]:
        return (chance.choice(SURNAMES[:12]) + chance.choice(GIVEN) for _ in range(SEARCHES))

    questions = {
        "a surname": [chance.choice(SURNAMES) for _ in range(SEARCHES)],
        "a character of the given name": [chance.choice(GIVEN) for _ in range(SEARCHES)],
        "surname and character": list(names()),
        "a pinyin syllable": ["wang", "li", "zhang", "ming", "xiao", "gao", "jun"],
        "pinyin": ["wangming", "lihua", "zhangwei", "chen jun", "liugang"],
        "one letter": list("wlzcyhxj"),
        "initials": ["wm", "lhj", "zwd", "cgq", "ymx"],
        "last four digits": [f"{chance.randrange(10_000):04}" for _ in range(SEARCHES)],
        "last two digits": [f"{chance.randrange(100):02}" for _ in range(20)],
        "one digit": list("0123456789"),
        "a phone": [f"13{chance.randrange(10**9):09}" for _ in range(20)],
        "surname and last digits": [f"{chance.choice(SURNAMES)} {chance.randrange(1_000):03}" for _ in range(SEARCHES)],
        "nobody": ["龘", "qqqq", "99999999999999"],
    }
    queues = {name: cycle(words) for name, words in questions.items()}

    def ask(name: str) -> Callable[[], object]:
        def search() -> None:
            with station.store.reading() as view:
                view.people.search(next(queues[name]))

        return search

    times = interleaved({name: ask(name) for name in questions}, SEARCHES)
    return {
        name: {"p50_ms": middle(found), "p95_ms": round(percentile(found, 95), 3), "aim_ms": SEARCH_AIM_MS}
        for name, found in times.items()
    }


def _in_words(result: dict[str, Any]) -> str:
    verdict = (
        f"{result['members']:,} members: scan to verdict {result['verdict_ms']:.1f} ms "
        f"(p95 {result['verdict_p95_ms']:.1f}), decoding {result['decoding_ms']:.1f} ms, "
        f"bare decoding {result['bare_decoding_ms']:.1f} ms: ratio {result['ratio']:.2f}, "
        f"{result['more_than_bare_ms']:.1f} ms more (aim: at most {AIM_MS:.0f})"
    )
    lines = [verdict, f"searching (aim: below {SEARCH_AIM_MS:.0f} ms):"]
    for name, times in result["search"].items():
        lines.append(f"  {name:<30} p50 {times['p50_ms']:7.2f}  p95 {times['p95_ms']:7.2f}")
    return "\n".join(lines)
