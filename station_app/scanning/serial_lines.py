"""What a serial scanner sends, cut into codes: a line each, whatever ends its lines."""

_ENDS = frozenset(b"\r\n\x03\t")
"""Carriage return, line feed, ETX; Tab, where a scanner is set for forms. No code of a card holds any of them."""
_LONGEST_BYTES = 8192
"""The largest QR code holds 7,089 digits. Beyond it the line is noise: a wrong baud rate, another device."""
QUIET_MS = 120
"""A scanner sends a code in one go; after so long a silence it has ended without a sign."""


class SerialLines:
    """Collects bytes and gives whole codes. For one thread."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._last_ms = 0

    def feed(self, data: bytes, at_ms: int) -> tuple[bytes, ...]:
        """The codes that `data`, received at `at_ms`, ends; nothing (b"") in between is left out."""
        ended = self.pause(at_ms)
        self._last_ms = at_ms
        for byte in data:
            if byte in _ENDS or len(self._line) >= _LONGEST_BYTES:
                ended += self._end()
            else:
                self._line.append(byte)
        return ended

    def pause(self, at_ms: int) -> tuple[bytes, ...]:
        """The code that has ended by silence, when nothing was received until `at_ms`."""
        return self._end() if at_ms - self._last_ms >= QUIET_MS else ()

    def _end(self) -> tuple[bytes, ...]:
        line = bytes(self._line).strip(b" \x02\x00")
        self._line.clear()
        return (line,) if line else ()
