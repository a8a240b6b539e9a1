"""dev.py clean: away with what can be made again."""

import shutil
import sys
from pathlib import Path

from devtools import ROOT
from devtools.command import Command, Group

MADE = (
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    ".import_linter_cache",
    "build",
    "dist",
    "demo-output",
    "*.egg-info",
)


def run(arguments: list[str]) -> int:
    if set(arguments) - {"--all"}:
        print("usage: python3 dev.py clean [--all]", file=sys.stderr)
        return 2
    everything = "--all" in arguments
    for folder in made_folders(ROOT, with_environment=everything):
        print(f"removing {folder.relative_to(ROOT)}")
        shutil.rmtree(folder)
    return 0


def made_folders(root: Path, *, with_environment: bool) -> list[Path]:
    """What tools left below `root`. .venv, and the caches within it, only `with_environment`."""
    if with_environment and (root / ".venv").exists():
        return [root / ".venv", *made_folders(root, with_environment=False)]
    found = [folder for pattern in MADE for folder in root.glob(pattern) if folder.is_dir()]
    caches = (cache for top in _own_folders(root) for cache in top.rglob("__pycache__"))
    return sorted([*found, *caches, *root.glob("__pycache__")])


def _own_folders(root: Path) -> list[Path]:
    return [top for top in root.iterdir() if top.is_dir() and not top.is_symlink() and not top.name.startswith(".")]


COMMAND = Command(
    name="clean",
    group=Group.KEEP,
    usage="clean [--all]",
    summary="Remove caches and built files; with --all also .venv.",
    run=run,
)
