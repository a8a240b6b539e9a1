"""The project's files, as git knows them."""

import subprocess
from pathlib import Path

from devtools import ROOT

PRODUCT_FOLDERS = ("station_core", "db", "sync", "printing", "station_app", "city_server", "resources", "demo")


def project_files() -> list[Path]:
    """Every file that is committed or about to be: tracked, or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def product_files(*suffixes: str) -> list[Path]:
    """The files with one of `suffixes` in the folders that are the product."""
    return [
        file
        for file in project_files()
        if file.suffix in suffixes and file.relative_to(ROOT).parts[0] in PRODUCT_FOLDERS
    ]


def text_of(file: Path) -> str | None:
    """What is written in `file`; None where it is no UTF-8 text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
