"""What goes over a socket, counted from outside by a process that stands between the two sides."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bench._processes import ask, listening, python


class Traffic(NamedTuple):
    """Bytes on TCP's connections: HTTP's heads and bodies and all that is in them."""

    up: int
    down: int

    @property
    def both(self) -> int:
        return self.up + self.down


@dataclass(frozen=True, slots=True)
class CountingProxy:
    port: int
    _process: subprocess.Popen[str]

    def take(self) -> Traffic:
        """What has passed since the last time."""
        up, down = ask(self._process).split()
        return Traffic(int(up), int(down))


@contextmanager
def counting(port: int, log: Path) -> Iterator[CountingProxy]:
    """A way to `port` of this machine on which bytes are counted."""
    with listening(python("bench._counting_child", str(port)), log) as (process, own_port):
        yield CountingProxy(own_port, process)
