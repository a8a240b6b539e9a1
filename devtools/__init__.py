"""What stands behind dev.py. Until .venv exists there is only the standard library, so nothing else is imported."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The project's folder: the one dev.py lies in."""
