"""Strategies for what a broken or hostile device might send: nearly right, wrong somewhere."""

from typing import Any

from hypothesis import strategies as st

ODD_VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, 0, -1, 1, 2**31, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 2**200),
        *(0.5, float("nan"), float("inf"), -0.0),
        *("", "\0", "a\0b", "\ud800".encode("utf-8", "surrogatepass"), "𰻝" * 500, "2026-02-30", "9999-12-31"),
        *(b"", b"\0", bytes(8), bytes(16), bytes(31), bytes(32), bytes(64), bytes(70_000)),
        *([], [None], [[]], {}, {"": ""}, {b"": 0}, {"v": {"v": {"v": []}}}),
    ]
)


@st.composite
def mutated(draw: st.DrawFn, value: Any) -> Any:
    """`value` (maps, lists, scalars) with something in it replaced, left out, or said twice."""
    if isinstance(value, dict) and value and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(value, key=repr)))
        others = {name: one for name, one in value.items() if name != key}
        return draw(
            st.one_of(
                mutated(value[key]).map(lambda one: {**others, key: one}),
                st.just(others),
                ODD_VALUES.filter(_may_be_key).map(lambda name: {**others, name: value[key]}),
            )
        )
    if isinstance(value, list | tuple) and value and draw(st.integers(0, 4)):
        at = draw(st.integers(0, len(value) - 1))
        before, one, after = list(value[:at]), value[at], list(value[at + 1 :])
        return draw(
            st.one_of(
                mutated(one).map(lambda new: [*before, new, *after]),
                st.just([*before, *after]),
                st.just([*before, one, one, *after]),
            )
        )
    return draw(ODD_VALUES)


def _may_be_key(value: Any) -> bool:
    return value.__hash__ is not None


@st.composite
def scarred(draw: st.DrawFn, data: bytes) -> bytes:
    """`data` cut off, lengthened, or with a byte changed."""
    at = draw(st.integers(0, max(0, len(data) - 1)))
    return draw(
        st.sampled_from(
            [data[:at], data + data[:at], data[:at] + bytes([data[at] ^ 0x55 if data else 0]) + data[at + 1 :]]
        )
    )
