"""The server's log: one JSON object a line. It names stations by number and never says anything about a person."""

import json
import logging
import sys
import time
from typing import Any

from sync.serving.requests_log import places_of

LOG = logging.getLogger("city")


class JsonLines(logging.Formatter):
    """Of what libraries log only who, how grave and where: their words may quote what they were handling."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": _utc(record), "level": record.levelname.lower(), **_content(record)}
        return json.dumps(line, ensure_ascii=False)


def _content(record: logging.LogRecord) -> dict[str, Any]:
    error = record.exc_info[1] if record.exc_info else None
    fields = places_of(error) if error is not None else {}
    if record.name == LOG.name:
        said: dict[str, Any] = getattr(record, "fields", {})
        return {"what": record.getMessage(), **said, **fields}
    return {"what": "library", "logger": record.name, "place": f"{record.pathname}:{record.lineno}", **fields}


def _utc(record: logging.LogRecord) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z"


def log_to_stderr() -> None:
    """Everything that this process logs goes to stderr: ours from INFO, libraries' from WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    LOG.setLevel(logging.INFO)


def note(what: str, **fields: str | int | float | None) -> None:
    """Log that `what` happened."""
    LOG.info(what, extra={"fields": fields})
