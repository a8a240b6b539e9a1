"""Pauses that grow between attempts."""


class Backoff:
    """Seconds to wait before the next attempt: `first_s`, then twice as long each time, `most_s` at most."""

    def __init__(self, first_s: float = 0.5, most_s: float = 5.0) -> None:
        self._first_s = first_s
        self._most_s = most_s
        self._next_s = first_s

    def next_s(self) -> float:
        """The pause for now; the one after it is longer."""
        pause_s = self._next_s
        self._next_s = min(2 * pause_s, self._most_s)
        return pause_s

    def reset(self) -> None:
        """The attempt worked: the next failure starts with `first_s` again."""
        self._next_s = self._first_s
