import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_core.credential import base45

RFC_9285 = [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0"), (b"", "")]


@pytest.mark.parametrize(("data", "text"), RFC_9285)
def test_examples_of_the_rfc(data: bytes, text: str) -> None:
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@pytest.mark.parametrize("text", ["A", "BB8A", "GGW", "::", ":::", "bb8", "BB8!", "ＢＢ８", "BB8\n", "\x00\x00"])
def test_what_is_not_base45_is_refused(text: str) -> None:
    with pytest.raises(base45.MalformedBase45):
        base45.decode(text)


def test_the_largest_groups_are_accepted() -> None:
    assert base45.decode("FGW") == b"\xff\xff"
    assert base45.decode("U5") == b"\xff"


@given(st.binary(max_size=300))
def test_bytes_come_back(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@given(st.text(alphabet=base45.ALPHABET, max_size=60))
def test_there_is_one_text_for_the_same_bytes(text: str) -> None:
    try:
        data = base45.decode(text)
    except base45.MalformedBase45:
        return
    assert base45.encode(data) == text
