"""Asking where a file goes or which one it is, beginning at a stick where one is plugged in."""

from pathlib import Path

from PySide6.QtCore import QDir, QStorageInfo
from PySide6.QtWidgets import QFileDialog, QWidget

from station_app.texts import Speaker
from sync.bundle.files import SUFFIX

_STICKS = ("/media/", "/run/media/", "/Volumes/")
"""Below these, desktops mount what is plugged in; Windows shows drives by itself."""


def choose_folder(parent: QWidget, speaker: Speaker) -> Path | None:
    """The folder that staff chose; None where they thought better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, speaker.say("bundle.choose_folder"), _start())
    return Path(chosen) if chosen else None


def choose_bundle(parent: QWidget, speaker: Speaker) -> Path | None:
    """The file that staff chose; None where they thought better of it."""
    title, kinds = speaker.say("bundle.choose_file"), f"{speaker.say('bundle.files')} (*{SUFFIX})"
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _start(), kinds)
    return Path(chosen) if chosen else None


def choose_list(parent: QWidget, speaker: Speaker) -> Path | None:
    """A file with member numbers, one a line; None where staff thought better of it."""
    title, kinds = speaker.say("settings.jobs.choose_list"), f"{speaker.say('settings.jobs.lists')} (*.txt *.csv)"
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _start(), kinds)
    return Path(chosen) if chosen else None


def _start() -> str:
    for volume in QStorageInfo.mountedVolumes():
        if volume.isReady() and volume.rootPath().startswith(_STICKS):
            return volume.rootPath()
    return QDir.homePath()
