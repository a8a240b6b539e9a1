"""The server's log: one JSON object a line. It names stations by number and never says anything about a person."""

import json
import logging
import sys
import time
from typing import Any

LOG = logging.getLogger("city")


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = getattr(record, "fields", {})
        line = {"at": _utc(record.created), "level": record.levelname.lower(), "what": record.getMessage(), **fields}
        return json.dumps(line, ensure_ascii=False)


def _utc(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


def note(what: str, **fields: str | int | float | None) -> None:
    """Log that `what` happened."""
    LOG.info(what, extra={"fields": fields})
