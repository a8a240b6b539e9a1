"""What staff type to find somebody among a roster's members, kind by kind."""

import random
from collections.abc import Callable
from itertools import cycle

from bench._people import GIVEN
from bench._roster import SURNAMES
from bench._timing import interleaved
from station_app.station.station import Station
from station_core.people.pinyin import search_tokens

_COMMON = list(SURNAMES)[:12]


def search_times(station: Station, members: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of `rounds` searches of each kind, in turn."""
    queues = {kind: cycle(words) for kind, words in _questions(members, rounds + 1).items()}

    def asking(kind: str) -> Callable[[], None]:
        def ask() -> None:
            with station.store.reading() as view:
                view.people.search(next(queues[kind]))

        return ask

    return interleaved({kind: asking(kind) for kind in queues}, rounds)


def _questions(members: int, rounds: int) -> dict[str, list[str]]:
    chance = random.Random(7)
    names = [chance.choice(_COMMON) + "".join(chance.choices(GIVEN, k=2)) for _ in range(rounds)]
    spelled = [search_tokens(name) for name in names]
    numbers = [f"4419{chance.randrange(members):08}" for _ in range(rounds)]
    digits = [f"{chance.randrange(10_000):04}" for _ in range(rounds)]
    return {
        "the most common surname": ["王"],
        "one character": [name[chance.randrange(3)] for name in names],
        "two characters": [name[: 1 + 1] if chance.random() < 0.5 else name[1:] for name in names],
        "two characters the wrong way round": [name[1] + name[0] for name in names],
        "a whole name": names,
        "one letter": list("wlzcyhxjrug"),
        "two letters": ["wa", "zh", "li", "ch", "xi", "ji", "wm", "lh"],
        "a syllable": ["wang", "zhang", "li", "chen", "ming", "xiao", "huang", "guo"],
        "part of a syllable": ["zho", "zhan", "hua", "lia", "don", "yon", "xio", "chon", "huan"],
        "pinyin": [one.joined[0] for one in spelled],
        "part of pinyin": [one.joined[0][: chance.randint(4, 8)] for one in spelled],
        "pinyin in two words": [" ".join(one.syllables[:2]) for one in spelled],
        "initials": [one.initials[0] for one in spelled],
        "a member number": numbers,
        "the beginning of a member number": [one[: chance.randint(1, 11)] for one in numbers],
        "one digit": list("0123456789"),
        "two digits": [one[:2] for one in digits],
        "three digits": [one[:3] for one in digits],
        "last four digits of phone or ID": [one[:3] + "X" if chance.random() < 0.1 else one for one in digits],
        "a whole phone": [f"138{chance.randrange(10**8):08}" for _ in range(rounds)],
        "the most common surname and four digits": [f"王 {one}" for one in digits],
        "pinyin and four digits": [f"{chance.choice(('zhang', 'wang', 'li'))} {one}" for one in digits],
        "surname and beginning of a member number": [f"{chance.choice(_COMMON)} {one[:9]}" for one in numbers],
        "a rare name": ["龘", "王龘", "㐆", "单于", "尉迟", "𠮷", "买买提", "骉"],
        "nobody": ["龘龘", "qqqqq", "99999999999999", "鱻", "王 99999999", "zzyzx"],
    }
