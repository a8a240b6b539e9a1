"""The sounds of the counter, without QtMultimedia and without ever waiting for a loudspeaker."""

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication

from resources import path

PLAYERS = ("pw-play", "paplay", "aplay")
"""Programs of Linux systems that play a WAV file named as their only argument; the first that is installed is
taken."""


class Sound(StrEnum):
    RECORDED = "recorded"
    READ = "read"
    """Somebody who may be served; nothing is recorded yet."""
    REFUSED = "refused"
    ATTENTION = "attention"
    FOREIGN = "foreign"
    """A code of somebody else's."""
    MISTAKE = "mistake"
    """The program's own."""

    @property
    def file(self) -> Path:
        return path("sounds", f"{self.value}.wav")


class Beeper(Protocol):
    def play(self, sound: Sound, /) -> None:
        """Begin the sound and return at once. A sound that still plays gives way."""

    def stop(self) -> None:
        """Be silent, before the window ends."""


class SystemBeeper:
    """The desktop's own beep: the same for all, but always there."""

    def play(self, _sound: Sound, /) -> None:
        QApplication.beep()

    def stop(self) -> None:
        """The desktop ends its beep by itself."""


class PlayerBeeper(QObject):
    """Lets a program play the file; where that fails (no sound card, no sound server) the desktop's beep
    stands in."""

    def __init__(self, player: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._process = QProcess(self)
        self._given_way = False
        self._process.finished.connect(self._after)
        self._process.errorOccurred.connect(self._failed)

    def play(self, sound: Sound, /) -> None:
        self.stop()
        self._given_way = False
        self._process.start(self._player, [str(sound.file)])

    def stop(self) -> None:
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._given_way = True
            self._process.kill()
            self._process.waitForFinished(40)

    def _after(self, code: int, status: QProcess.ExitStatus) -> None:
        if not self._given_way and (code != 0 or status is QProcess.ExitStatus.CrashExit):
            QApplication.beep()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            QApplication.beep()


class WindowsBeeper:
    """Windows plays the file in a thread of its own."""

    def play(self, sound: Sound, /) -> None:
        if sys.platform == "win32":
            import winsound

            flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            winsound.PlaySound(str(sound.file), flags)

    def stop(self) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(None, winsound.SND_PURGE)


def beeper(parent: QObject | None = None) -> Beeper:
    """What can sound on this machine."""
    if sys.platform == "win32":
        return WindowsBeeper()
    player = next(filter(None, map(shutil.which, PLAYERS)), None)
    return PlayerBeeper(player, parent) if player else SystemBeeper()
