"""What the log says, and in which form: lines for people, or JSON for programs that collect logs.

A log is read by more people than a library is meant for, so it names pages and never what was
looked at there: no address, search, tag or reader.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import orjson

REQUESTS = "bookwheel.requests"
_FIELDS = ("route", "method", "status", "ms")  # what `web/measures.py` says of a request


class JsonLines(logging.Formatter):
    """One JSON object a line: time (RFC 3339), level, logger, message, trace, request."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        told |= {name: getattr(record, name) for name in _FIELDS if hasattr(record, name)}
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return orjson.dumps(told, default=str).decode()


def without_addresses(record: logging.LogRecord) -> bool:
    """Put the name of the page in place of its address, which says what somebody looked at."""
    request = getattr(record, "request", None)
    if record.name.startswith("django.") and request is not None and record.args:
        record.args = tuple(
            route(request) if each == getattr(request, "path", None) else each
            for each in (record.args if isinstance(record.args, tuple) else ())
        )
    return True


def route(request: object) -> str:
    """The name of the page that a request reached; "none" where it reached none."""
    match = getattr(request, "resolver_match", None)
    return str(match.view_name) if match is not None else "none"


def logging_settings(form: str, *, requests: bool) -> dict[str, object]:
    """Django's `LOGGING`; `form` is "text" or "json", `requests` a line for each of them."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
            "json": {"()": JsonLines},
        },
        "filters": {
            "pages": {"()": "django.utils.log.CallbackFilter", "callback": without_addresses}
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["pages"]}
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},  # pages that are not there are no news
            "django.security": {"level": "CRITICAL"},  # nor is what no browser sends; a trace each
            "django.security.csrf": {"level": "WARNING"},
            REQUESTS: {"level": "INFO" if requests else "WARNING"},
        },
    }
