"""PouchDB and a server of it, as they come from npm, in processes of their own."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench._processes import PROJECT, listening
from bench._served import Served
from station_core.clock import wall_ms

FOLDER = PROJECT / "bench" / "pouchdb"
STATION, SERVER = FOLDER / "station.js", FOLDER / "server.js"
USUAL_BATCH = 100
"""How many documents PouchDB takes at a time where it is not told."""
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")
"""As package-lock.json says, with its hashes. Nothing is built: what is native comes in the packages."""


class NoPouchDB(Exception):
    """What is missing, and what to do about it."""


def install() -> None:
    """Let npm fetch what package.json names, once. Raises NoPouchDB."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NoPouchDB("PouchDB runs on Node.js, which is not here: install node and npm (Debian: nodejs, npm)")
    if (FOLDER / "node_modules" / "pouchdb").is_dir():
        return
    made = subprocess.run([npm, *INSTALL], cwd=FOLDER, capture_output=True, text=True, check=False)
    if made.returncode:
        raise NoPouchDB(f"npm could not install PouchDB:\n{made.stderr.strip()[-1_000:]}")


@contextmanager
def pouchdb_server(folder: Path) -> Iterator[int]:
    """The port of a server whose databases lie in `folder`."""
    folder.mkdir()
    with listening(["node", SERVER, folder], folder / "serve.log") as (_, port):
        yield port


def fill(folder: Path, documents: Path) -> None:
    """A database in `folder` with the documents in the file `documents`, one a line."""
    _station("fill", folder, documents)


def replicate(folder: Path, port: int, database: str, batch: int) -> float:
    """Bring all of `folder`, `batch` documents at a time, to the new `database` of the server: in milliseconds."""
    return float(_station("replicate", folder, f"http://127.0.0.1:{port}/{database}", str(batch)))


def _station(*arguments: str | Path) -> str:
    done = subprocess.run(["node", STATION, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"PouchDB failed: {done.stderr[-2_000:]}")
    return done.stdout


def write_documents(file: Path, services: Iterable[Served]) -> None:
    """`services` as the JSON documents that an application on PouchDB would keep."""
    with file.open("w", encoding="utf-8") as lines:
        for served in services:
            lines.write(json.dumps(_document(served), ensure_ascii=False) + "\n")


def _document(served: Served) -> dict[str, Any]:
    """The fields of the record, without those that are absent; bytes in hexadecimal digits."""
    record = served.record
    fields = {
        "_id": record.id.hex(),
        "kind": record.kind,
        "at": wall_ms(served.at),
        "service": record.service,
        "on": record.on.isoformat(),
        "operator": record.operator,
        "person": record.person.hex() if record.person else None,
        "member_no": record.member_no,
        "event": record.event,
        "quantity": record.quantity,
        "answers": record.answers or None,
    }
    return {name: value for name, value in fields.items() if value is not None}
