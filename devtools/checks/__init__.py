"""The project's own checks. Each module also runs by itself: `python -m devtools.checks.texts`."""
