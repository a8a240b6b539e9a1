"""Run as a process by `bench._counting`: passes connections on to a port of this machine and counts their bytes.

The argument is that port. Prints the port that it listens on; then, for each line that it is given, how many bytes went
up (to the port) and down (from it) since the line before.
"""

import asyncio
import contextlib
import sys
from dataclasses import dataclass

PIECE = 256 * 1024


@dataclass
class _Counts:
    up: int = 0
    down: int = 0


async def main(port: int) -> None:
    counts = _Counts()

    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port, limit=PIECE)
            await asyncio.gather(
                _pass_on(reader, far_writer, counts, "up"), _pass_on(far_reader, writer, counts, "down")
            )

    server = await asyncio.start_server(joined, "127.0.0.1", 0, limit=PIECE)
    print(server.sockets[0].getsockname()[1], flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(counts.up, counts.down, flush=True)
        counts.up = counts.down = 0


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counts: _Counts, direction: str) -> None:
    try:
        while piece := await reader.read(PIECE):
            setattr(counts, direction, getattr(counts, direction) + len(piece))
            writer.write(piece)
            await writer.drain()
    finally:
        writer.close()


asyncio.run(main(int(sys.argv[1])))
