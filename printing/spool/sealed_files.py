"""Small values in a folder, a sealed file each, always whole and on disk before a call returns."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec

from printing.printers.system import PrintingProblem, Reason

_Value = TypeVar("_Value", bound=msgspec.Struct)


class Unreadable(ValueError):
    """Sealed with another key, or damaged."""


class SealedBox(Protocol):
    """Keeps what lies on disk from other eyes. Whoever has the station's key makes it."""

    def seal(self, content: bytes) -> bytes: ...

    def open(self, sealed: bytes) -> bytes:
        """Raises Unreadable."""


class SealedFiles(Generic[_Value]):
    """Values of `kind` by name in `folder`, as ``name.suffix``."""

    def __init__(self, folder: Path, box: SealedBox, suffix: str, kind: type[_Value]) -> None:
        self._folder, self._box, self._suffix, self._kind = folder, box, suffix, kind

    def put(self, name: str, value: _Value) -> None:
        """Raises PrintingProblem where the folder cannot be written."""
        target = self._file(name)
        part = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(self._box.seal(msgspec.msgpack.encode(value)))
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
            _sync_names(self._folder)
        except OSError as error:
            raise PrintingProblem(Reason.FOLDER_NOT_WRITABLE, error.strerror or type(error).__name__) from error

    def get(self, name: str) -> _Value | None:
        """None for what is not there, or cannot be read: what was sealed with another key is nobody's here."""
        try:
            return msgspec.msgpack.decode(self._box.open(self._file(name).read_bytes()), type=self._kind)
        except (OSError, Unreadable, msgspec.DecodeError):
            return None

    def all(self) -> Iterator[_Value]:
        for file in sorted(self._folder.glob(f"*.{self._suffix}")):
            if (value := self.get(file.stem)) is not None:
                yield value

    def remove(self, name: str) -> None:
        self._file(name).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.{self._suffix}"


def _sync_names(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
