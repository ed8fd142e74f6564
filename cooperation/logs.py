"""The log: one line of JSON an event, with the number of the request in which it happened."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_number: ContextVar[str] = ContextVar("request_number", default="")
"""The number of the request that is being answered; empty outside of any."""


class JsonFormatter(logging.Formatter):
    """Writes a record as JSON: ASCII on one line, so that no text in it can look like another line.

    What is to be its own column is given as `extra={"fields": {…}}`.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := request_number.get():
            line["request"] = number
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)
