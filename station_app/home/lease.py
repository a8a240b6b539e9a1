"""The station's lease as it is written down: in the store, where nobody changes it, and beside it for the lock screen.

``lease.json`` has to be read before anything is open, so it proves nothing; what the store says is asked as soon as the
store is open. It holds no secret: `lock_key` is the public half of the key that the station's data is locked with.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from station_app.home.errors import DamagedHome
from station_app.home.files import write_private
from station_core.lease.terms import Term

FILE = "lease.json"
_CHECK = "check"


@dataclass(frozen=True, slots=True)
class Lease:
    """Times are milliseconds by this computer's clock.

    `since_ms`: the last contact with the city, from which the lease counts; `heard_ms`: what the store's notes said of
    that contact; `newest_ms`: the time of the station's newest entry then; `seen_ms`: the latest moment that the
    station has lived through since; `until_ms`, `warn_ms`: the lease's end (None: without end), and from when on staff
    are warned; `number`, `writer`: the device whose key `challenge` and `lock_key` belong to (hexadecimal);
    `granted_until_ms`: what an answer of the city's added; `answer`: that answer, until the store has taken note of it.
    """

    since_ms: int
    heard_ms: int
    newest_ms: int
    seen_ms: int
    until_ms: int | None
    warn_ms: int | None
    number: int
    writer: str
    challenge: str
    lock_key: str
    granted_until_ms: int = 0
    answer: str = ""

    @property
    def term(self) -> Term:
        return Term(self.until_ms, self.warn_ms)

    def to_text(self) -> str:
        content = asdict(self)
        return json.dumps({**content, _CHECK: _check(content)}, indent=1)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Raises DamagedHome, also for what was changed by accident: data must not be locked with a garbled key."""
        try:
            content = json.loads(text)
            if content.pop(_CHECK) != _check(content):
                raise DamagedHome(file=FILE)
            return cls(**content)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedHome(file=FILE) from error

    def write(self, home: Path) -> None:
        write_private(home / FILE, self.to_text().encode())

    @classmethod
    def read(cls, home: Path) -> Self | None:
        """None where none has begun, or where the file cannot be read: the store knows, and it is written again."""
        try:
            return cls.from_text((home / FILE).read_text(encoding="utf-8"))
        except (FileNotFoundError, UnicodeDecodeError, DamagedHome):
            return None


def _check(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
