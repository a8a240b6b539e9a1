"""What USB scanners and people type, recorded keystroke by keystroke, and what each must come to."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.scanning.alt_codes import character_of
from station_app.scanning.keystroke_assembler import Decision, KeystrokeAssembler, Verdict
from station_app.scanning.keystroke_repair import repaired
from station_app.scanning.keystrokes import Key, Keystroke

TRACES = sorted((Path(__file__).parent / "traces").glob("*.json"))


def play(keystrokes: list[Keystroke]) -> list[Decision]:
    """Feeds a trace as the event filter does: with a pause wherever patience ends before the next
    keystroke.
    """
    assembler = KeystrokeAssembler()
    decisions: list[Decision] = []
    for before, stroke in zip([None, *keystrokes], keystrokes, strict=False):
        if before is not None and stroke.at_ms - before.at_ms > assembler.patience_ms:
            decisions += assembler.pause()
        decisions += assembler.feed(stroke)
    return decisions + list(assembler.pause())


def outcome(decision: Decision) -> list[str | int]:
    return [decision.verdict, decision.count if decision.verdict is Verdict.HUMAN else decision.text]


@pytest.mark.parametrize("file", TRACES, ids=lambda file: file.stem)
def test_recorded_trace_comes_to_what_was_meant(file: Path) -> None:
    trace: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    keystrokes = [Keystroke(Key(key), text, at_ms, shift) for at_ms, key, text, shift in trace["keystrokes"]]
    decisions = play(keystrokes)
    assert [outcome(decision) for decision in decisions] == trace["expected"], trace["what"]
    assert sum(decision.count for decision in decisions) == len(keystrokes)


@pytest.mark.parametrize("file", TRACES, ids=lambda file: file.stem)
def test_trace_without_a_timer_comes_to_the_same_texts(file: Path) -> None:
    """A busy event loop runs no timer between keystrokes: their times alone must do."""
    trace: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assembler = KeystrokeAssembler()
    decisions: list[Decision] = []
    for at_ms, key, text, shift in trace["keystrokes"]:
        decisions += assembler.feed(Keystroke(Key(key), text, at_ms, shift))
    decisions += assembler.pause()
    scans = [decision.text for decision in decisions if decision.verdict is Verdict.SCAN]
    assert scans == [text for verdict, text in trace["expected"] if verdict == "scan"]


@given(
    st.lists(
        st.builds(
            Keystroke,
            st.sampled_from(Key),
            st.text("0123456789", min_size=1, max_size=2),
            st.integers(0, 60),
            st.none() | st.booleans(),
        )
    )
)
def test_every_keystroke_is_decided_exactly_once(strokes: list[Keystroke]) -> None:
    at_ms = 0
    assembler = KeystrokeAssembler()
    counted = 0
    for stroke in strokes:
        at_ms += stroke.at_ms
        decided = assembler.feed(Keystroke(stroke.key, stroke.text, at_ms, stroke.shift))
        counted += sum(decision.count for decision in decided)
    counted += sum(decision.count for decision in assembler.pause())
    assert counted == len(strokes)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ＡＢＣ１２３", "ABC123"),
        ("网约配送员，王小明：００７", "网约配送员，王小明：007"),
        ("编号。《工会》", "编号。《工会》"),
        ("HTTPS：、、example。org、x", "HTTPS://example.org/x"),
        ("123123", "123123"),
        ("]C1210106000123", "210106000123"),
        ("https://example.org/member/0123456789/abcdefghijklmnopqrstuvwxyz-0123", None),
        ("please come to the union office on the first floor of building two", None),
        ("AbC-0123 mixed", None),
    ],
)
def test_repair_changes_what_input_methods_did_and_nothing_else(typed: str, meant: str | None) -> None:
    assert repaired(typed) == (typed if meant is None else meant)


@pytest.mark.parametrize(
    ("digits", "character"),
    [
        ("65", "A"),
        ("065", "A"),
        ("0233", "é"),
        ("130", "é"),
        ("24037", "工"),
        ("50403", "你"),
        ("134071", "𠮷"),
        ("9999999", ""),
    ],
)
def test_alt_codes(digits: str, character: str) -> None:
    assert character_of(digits) == character
