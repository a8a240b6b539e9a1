"""The shipped faces, and which of them shows which character."""

from printing.fonts.faces import Face, Weight
from printing.fonts.runs import Run, compose, split_runs, width_em

__all__ = ["Face", "Run", "Weight", "compose", "split_runs", "width_em"]
