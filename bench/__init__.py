"""Measurements of what must be fast, as ratios taken in one run: ``python3 dev.py bench``."""
