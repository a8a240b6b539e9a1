"""Telling a scanner that types from a person who types, and making one text of what it typed."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.scanning.keystroke_repair import has_ideograph, repaired
from station_app.scanning.keystrokes import Key, Keystroke
from station_app.scanning.typed_text import is_spoilt, typed_text

_TERMINATORS = frozenset({Key.ENTER, Key.TAB})
_STROKES = frozenset({Key.TEXT, Key.ALT_RELEASED, Key.PREEDIT, Key.COMMIT})
_LONGEST_BURST = 8192
"""Keystrokes; the largest QR code holds 7,089 digits. Beyond it, a key is stuck."""


class Verdict(StrEnum):
    """What a run of keystrokes turned out to be."""

    SCAN = "scan"
    REPETITION = "repetition"
    """The scanner's own: the same text once more at once, or a line end after the line end."""
    SPOILT = "spoilt"
    """A scan that an input method turned into other characters, beyond repair: nobody may act on it."""
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict on the oldest `count` keystrokes that were still undecided; `text` is a scan's."""

    verdict: Verdict
    count: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class WedgeTiming:
    """What sets a scanner apart. The defaults suit cabled and radio scanners (1 to 40 ms a key); people need
    80 ms and more.
    """

    longest_gap_ms: int = 50
    """Between two keystrokes of one scan."""
    longest_wait_for_end_ms: int = 150
    """Before the Enter or Tab of a scan; afterwards it counts as ended without one."""
    fewest_characters: int = 6
    repetition_ms: int = 400
    """The same text sooner than this after the last is the scanner's doing: nobody scans that fast."""


class KeystrokeAssembler:
    """Collects keystrokes into bursts by the time between them and decides what each burst is.

    Feed it every keystroke in order; call `pause` when none came for `patience_ms`. Each keystroke belongs to
    exactly one decision.
    """

    def __init__(self, timing: WedgeTiming | None = None) -> None:
        self._timing = timing or WedgeTiming()
        self._burst: list[Keystroke] = []
        self._last_text = ""
        self._last_end_ms: int | None = None

    @property
    def patience_ms(self) -> int:
        """How long to wait for the next keystroke before `pause`."""
        if self._is_machine(ended=False):
            return self._timing.longest_wait_for_end_ms
        return self._timing.longest_gap_ms

    def feed(self, stroke: Keystroke) -> tuple[Decision, ...]:
        """Takes one keystroke; returns what is decided by it, about those before it first."""
        earlier = self.pause() if self._is_late(stroke) else ()
        if stroke.key in _TERMINATORS and not self._burst:
            follows = self._is_soon_after_scan(stroke, self._timing.longest_wait_for_end_ms)
            return (*earlier, Decision(Verdict.REPETITION if follows else Verdict.HUMAN, 1))
        self._burst.append(stroke)
        if stroke.key in _TERMINATORS or len(self._burst) >= _LONGEST_BURST:
            return (*earlier, self._decide(ended=stroke.key in _TERMINATORS))
        return earlier

    def pause(self) -> tuple[Decision, ...]:
        """Decides on what is collected, because nothing follows it."""
        return (self._decide(ended=False),) if self._burst else ()

    def _is_late(self, stroke: Keystroke) -> bool:
        if not self._burst:
            return False
        is_end = stroke.key in _TERMINATORS
        limit_ms = self.patience_ms if is_end else self._timing.longest_gap_ms
        return stroke.at_ms - self._burst[-1].at_ms > limit_ms

    def _decide(self, *, ended: bool) -> Decision:
        is_machine, count = self._is_machine(ended=ended), len(self._burst)
        raw, end_ms = typed_text(self._burst), self._burst[-1].at_ms
        spoilt = is_spoilt(self._burst)
        first = self._burst[0]
        self._burst = []
        text = repaired(raw)
        if not is_machine or len(text) < self._timing.fewest_characters:
            return Decision(Verdict.HUMAN, count)
        if spoilt:
            return Decision(Verdict.SPOILT, count)
        is_again = text == self._last_text and self._is_soon_after_scan(first, self._timing.repetition_ms)
        self._last_text, self._last_end_ms = text, end_ms
        return Decision(Verdict.REPETITION, count) if is_again else Decision(Verdict.SCAN, count, text)

    def _is_machine(self, *, ended: bool) -> bool:
        """Many strokes without a human pause; or one commit with a line end at once, as some input methods
        pass a scan on.
        """
        fewest = self._timing.fewest_characters
        if sum(stroke.key in _STROKES for stroke in self._burst) >= fewest:
            return True
        commits = [stroke.text for stroke in self._burst if stroke.key is Key.COMMIT]
        return ended and any(len(text) >= fewest and not has_ideograph(text) for text in commits)

    def _is_soon_after_scan(self, stroke: Keystroke, limit_ms: int) -> bool:
        return self._last_end_ms is not None and stroke.at_ms - self._last_end_ms <= limit_ms
