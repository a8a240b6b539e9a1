"""Makes the sounds of this folder. Run once, and again only to change them:

``python resources/sounds/synthesise.py``

They differ in rhythm and direction, not in pitch alone: two short steps up (recorded), one short high tone
(read), one long low tone (refused), three short ones on the same height (attention), two falling with a pause
(foreign), three falling without one (mistake).
"""

import math
import struct
import wave
from pathlib import Path

RATE_HZ = 16_000
NOTES: dict[str, tuple[tuple[float, int], ...]] = {
    # (height in Hz, length in ms); a height of 0 is silence
    "recorded": ((659.3, 90), (987.8, 160)),
    "read": ((880.0, 110),),
    "refused": ((196.0, 380),),
    "attention": ((587.3, 70), (0, 60), (587.3, 70), (0, 60), (587.3, 110)),
    "foreign": ((440.0, 80), (0, 60), (293.7, 130)),
    "mistake": ((392.0, 100), (293.7, 100), (220.0, 150)),
}
_EDGE_MS = 8
_LOUDNESS = 0.55


def tone(height_hz: float, length_ms: int) -> bytes:
    """One note, 16-bit mono: a sine with a soft octave above it (small loudspeakers swallow low notes), faded
    at both ends."""
    count, edge = RATE_HZ * length_ms // 1000, RATE_HZ * _EDGE_MS // 1000
    samples = []
    for at in range(count):
        turn = 2 * math.pi * height_hz * at / RATE_HZ
        fade = min(1.0, at / edge, (count - 1 - at) / edge)
        samples.append(round(32767 * _LOUDNESS * fade * (0.75 * math.sin(turn) + 0.25 * math.sin(2 * turn))))
    return struct.pack(f"<{count}h", *samples)


def write(folder: Path) -> None:
    for name, notes in NOTES.items():
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(b"".join(tone(height_hz, length_ms) for height_hz, length_ms in notes))


if __name__ == "__main__":
    write(Path(__file__).parent)
