"""The exchange's parts by themselves: back-off, addresses, tokens, frames, troubles and their words."""

import contextlib
import pickle
import socket
from collections.abc import Iterator

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from resources.texts import Language, say
from station_core.keys import SigningKey, writer_id
from sync.backoff import LONGEST_S, next_delay_s
from sync.errors import Busy, ClockOff, SyncError, Trouble
from sync.token import LIFE_S, TOLERANCE_S, check_token, make_token
from sync.transport import Transport, checked_address
from sync.wire import pack, unpack

KEY = SigningKey(bytes(32))
NOW_MS = 1_795_500_000_000


def code_of(error: pytest.ExceptionInfo[SyncError]) -> Trouble:
    return error.value.code


def test_the_first_try_is_at_once_and_the_wait_grows_to_a_quarter_of_an_hour() -> None:
    waits = [next_delay_s(failures, 0.0) for failures in range(12)]
    assert waits[:4] == [0.0, 5.0, 10.0, 20.0]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_S == 900.0


@given(st.integers(0, 10**9), st.floats(0, 1))
def test_jitter_only_shortens_the_wait(failures: int, jitter: float) -> None:
    whole = next_delay_s(failures, 0.0)
    assert whole * 0.75 <= next_delay_s(failures, jitter) <= whole <= LONGEST_S


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://city.example.cn/", "https://city.example.cn"),
        ("https://city.example.cn:8443/union?x=1#y", "https://city.example.cn:8443/union"),
        (" http://127.0.0.1:8600 ", "http://127.0.0.1:8600"),
        ("http://[::1]:8600", "http://[::1]:8600"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_addresses_that_will_do(address: str, kept: str) -> None:
    assert checked_address(address) == kept


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("http://city.example.cn", Trouble.INSECURE),
        ("http://192.168.1.10:8600", Trouble.INSECURE),
        ("http://127.0.0.1.example.cn", Trouble.INSECURE),
        ("ftp://127.0.0.1", Trouble.BAD_ADDRESS),
        ("city.example.cn", Trouble.BAD_ADDRESS),
        ("https://", Trouble.BAD_ADDRESS),
        ("https://staff:secret@city.example.cn", Trouble.BAD_ADDRESS),
        ("https://[", Trouble.BAD_ADDRESS),
        ("", Trouble.BAD_ADDRESS),
    ],
)
def test_addresses_that_will_not(address: str, trouble: Trouble) -> None:
    with pytest.raises(SyncError) as told:
        checked_address(address)
    assert code_of(told) is trouble


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port whose owner takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_nobody_there(silent_port: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Transport(f"http://127.0.0.1:{port}") as transport, pytest.raises(SyncError) as told:
        transport.post("heads", b"", "token")
    assert code_of(told) is Trouble.UNREACHABLE


def test_somebody_who_never_answers(silent_port: int) -> None:
    with Transport(f"http://127.0.0.1:{silent_port}", answer_s=0.2) as transport, pytest.raises(SyncError) as told:
        transport.post("heads", b"", "token")
    assert code_of(told) is Trouble.TIMED_OUT


def check(token: str, now_ms: int = NOW_MS, audience: str = "city", purpose: str = "push") -> bytes:
    key_of = {writer_id(KEY.public): KEY.public}.get
    return check_token(token, key_of, audience, purpose, now_ms).writer


def test_a_token_tells_who_asks() -> None:
    token = make_token(KEY, "city", "push", b"body", NOW_MS)
    assert check(token) == writer_id(KEY.public)


@pytest.mark.parametrize("late_s", [-TOLERANCE_S, 0, LIFE_S + TOLERANCE_S])
def test_a_token_holds_for_a_while(late_s: int) -> None:
    assert check(make_token(KEY, "city", "push", b"", NOW_MS), NOW_MS + late_s * 1_000)


@pytest.mark.parametrize("late_s", [-TOLERANCE_S - 60, LIFE_S + TOLERANCE_S + 60, 10**6])
def test_clocks_too_far_apart(late_s: int) -> None:
    with pytest.raises(SyncError) as told:
        check(make_token(KEY, "city", "push", b"", NOW_MS), NOW_MS + late_s * 1_000)
    assert code_of(told) is Trouble.CLOCK_OFF
    assert told.value.params["minutes"] == round(abs(late_s) / 60)


@given(st.data())
def test_a_token_with_any_changed_character_is_refused(data: st.DataObject) -> None:
    token = make_token(KEY, "city", "push", b"", NOW_MS)
    at = data.draw(st.integers(0, len(token) - 2))  # the last character has bits that mean nothing
    other = data.draw(st.sampled_from("ABCabc019-_é!"))
    if token[at] != other:
        with pytest.raises(SyncError):
            check(token[:at] + other + token[at + 1 :])


@given(st.dictionaries(st.text(max_size=5), st.binary(max_size=50) | st.integers(0, 2**60)))
def test_a_frame_gives_back_what_it_took(value: dict[str, bytes | int]) -> None:
    assert unpack(pack(value)) == value


@given(st.binary(max_size=300))
def test_anything_else_is_garbled_or_too_large(body: bytes) -> None:
    with contextlib.suppress(SyncError):  # and no other error
        unpack(body, max_bytes=1_000)


def test_a_frame_cut_off_or_followed_by_something_is_garbled() -> None:
    body = pack({"v": 1, "text": "x" * 100})
    for spoilt in (body[:-1], body + b"\x00", body + body):
        with pytest.raises(SyncError) as told:
            unpack(spoilt)
        assert code_of(told) is Trouble.GARBLED


def test_a_frame_that_does_not_state_its_size_is_not_unfolded() -> None:
    unsized = zstandard.ZstdCompressor(write_content_size=False).compress(b"\xa0")
    with pytest.raises(SyncError) as told:
        unpack(unsized)
    assert code_of(told) is Trouble.TOO_LARGE


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("language", Language)
def test_every_trouble_has_words_and_a_remedy(trouble: Trouble, language: Language) -> None:
    params = {"minutes": 7, "reason": "…"}
    assert say(language, f"sync_errors.what.{trouble}", **params)
    assert say(language, f"sync_errors.do.{trouble}", **params)


@pytest.mark.parametrize("error", [SyncError(Trouble.REVOKED, reason="lost"), ClockOff(-300_000), Busy(7.0)])
def test_another_process_gets_the_same_error(error: SyncError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
