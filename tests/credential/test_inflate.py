import zlib

import pytest

from station_core.credential.inflate import MalformedZlib, inflate


def test_a_stream_unfolds() -> None:
    assert inflate(zlib.compress(b"data" * 100), max_bytes=400) == b"data" * 100


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    bomb = zlib.compress(bytes(64 * 1024 * 1024), 9)
    with pytest.raises(MalformedZlib, match="more than 1000 bytes"):
        inflate(bomb, max_bytes=1000)


@pytest.mark.parametrize(
    "data", [b"", b"x", zlib.compress(b"data")[:-1], zlib.compress(b"data") + b"x", b"plain", zlib.compress(b"d") * 2]
)
def test_what_is_not_one_whole_stream_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedZlib):
        inflate(data, max_bytes=1000)


def test_a_changed_check_sum_is_refused() -> None:
    stream = bytearray(zlib.compress(b"data"))
    stream[-1] ^= 1
    with pytest.raises(MalformedZlib):
        inflate(bytes(stream), max_bytes=1000)
