"""Fonts, texts, theme, sounds, catalogue packs and card art, found by name wherever the product is installed."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent


def path(*parts: str) -> Path:
    """The file or folder `parts` below resources/. Whether it exists is the caller's question."""
    return ROOT.joinpath(*parts)
