"""The lease's terms, and the two codes by which its lock is opened on the telephone."""

from hashlib import sha512

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from station_core.keys import SigningKey
from station_core.lease.agreement import _montgomery
from station_core.lease.codes import (
    answer_of_city,
    answer_of_station,
    new_challenge,
    parse_answer,
    parse_challenge,
    shown,
)
from station_core.lease.terms import DAY_MS, DEFAULT_TERMS, Term, Terms

keys = st.binary(min_size=32, max_size=32).map(SigningKey)
NOON = 1_795_500_000_000


@given(keys)
def test_both_halves_of_a_key_are_carried_over_alike(key):
    scalar = X25519PrivateKey.from_private_bytes(sha512(bytes(key)).digest()[:32])
    assert _montgomery(key.public) == scalar.public_key().public_bytes_raw()


@given(keys, keys)
def test_station_and_city_find_the_same_answer(station, root):
    challenge = new_challenge()
    answer = answer_of_station(station, root.public, challenge)
    assert answer == answer_of_city(root, station.public, challenge)
    assert parse_answer(shown(answer).lower()) == answer


def test_every_challenge_every_station_and_every_city_has_an_answer_of_its_own():
    stations, roots = [SigningKey(bytes([n]) * 32) for n in (1, 2)], [SigningKey(bytes([n]) * 32) for n in (3, 4)]
    challenges = [new_challenge(), new_challenge()]
    answers = {
        answer_of_station(station, root.public, challenge)
        for station in stations
        for root in roots
        for challenge in challenges
    }
    assert len(answers) == 8


def test_a_challenge_is_read_as_people_say_it():
    challenge = new_challenge()
    assert len(shown(challenge)) == len("7F3K-29QD-XM4T")
    assert parse_challenge(shown(challenge).replace("-", " ").replace("0", "o").lower()) == challenge
    wrong = ("A" if challenge[0] != "A" else "B") + challenge[1:]
    assert parse_challenge(wrong) is None


def test_the_days_of_a_lease():
    term = Term.from_contact(DEFAULT_TERMS, NOON)
    day = [NOON + n * DAY_MS for n in range(40)]
    assert [term.days_left(day[n]) for n in (0, 22, 23, 29)] == [None, None, 7, 1]
    assert term.days_left(day[29] + DAY_MS - 1) == 1
    assert [term.is_over(at) for at in (day[30] - 1, day[30])] == [False, True]
    assert term.days_left(day[30]) is None


def test_an_answer_adds_days_and_takes_none_away():
    assert Term.from_contact(Terms(10, 3), NOON, NOON + 12 * DAY_MS).until_ms == NOON + 12 * DAY_MS
    assert Term.from_contact(Terms(10, 3), NOON, NOON + 7 * DAY_MS).until_ms == NOON + 10 * DAY_MS


def test_no_days_is_no_end():
    assert not Term.from_contact(Terms(0, 0), NOON).is_over(NOON + 10_000 * DAY_MS)
