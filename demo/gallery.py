"""Pictures of every state of every screen, in both languages, with invented people.

``python -m demo.gallery OUT [--size 1280x800] [--only WORD]``; needs no display.
Each module named demo/gallery_*.py adds its own through `pictures()`.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import demo
from resources.texts import Language
from station_app.theme import apply_theme
from station_app.theme.stylesheet import scale_for

Picture = tuple[str, Callable[[Language], QWidget]]


def all_pictures() -> Iterator[Picture]:
    """Every picture of every gallery module, by its name and how to build it."""
    for module in sorted(found.name for found in pkgutil.iter_modules(demo.__path__)):
        if module.startswith("gallery_"):
            yield from importlib.import_module(f"demo.{module}").pictures()


def save(picture: Picture, language: Language, size: QSize, folder: Path) -> Path:
    """Build one picture, show it, and write it as PNG. Dialogs keep their own size."""
    name, build = picture
    widget = build(language)
    if not isinstance(widget, QDialog):
        widget.resize(size)
    widget.show()
    QApplication.processEvents()
    file = folder / f"{name}_{language.value}.png"
    if not widget.grab().save(str(file)):
        raise OSError(f"cannot write {file}")
    widget.close()
    widget.deleteLater()
    return file


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m demo.gallery", description="Pictures of every screen's states.")
    parser.add_argument("folder", type=Path, metavar="OUT")
    parser.add_argument("--size", default="1280x800", help="width and height of the window, in pixels")
    parser.add_argument("--only", default="", metavar="WORD", help="only pictures whose name has this word")
    asked = parser.parse_args()
    width, height = map(int, asked.size.split("x"))
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    apply_theme(app, scale_for(width, height))
    asked.folder.mkdir(parents=True, exist_ok=True)
    for picture in all_pictures():
        if asked.only in picture[0]:
            for language in Language:
                print(save(picture, language, QSize(width, height), asked.folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
