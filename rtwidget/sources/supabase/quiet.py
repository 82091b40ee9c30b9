"""Silence for the libraries that would log addresses: they name keys, tokens and hidden rows."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ours: ContextVar[bool] = ContextVar("rtwidget_request", default=False)


class _Hush(logging.Filter):
    """Drops the records of our own requests and keeps everybody else's."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002  (whose it is decides)
        return not _ours.get()


_HUSH = _Hush()


@contextmanager
def unlogged_requests() -> Iterator[None]:
    """Keep httpx from logging the requests made inside (any thread)."""
    logging.getLogger("httpx").addFilter(_HUSH)
    token = _ours.set(True)
    try:
        yield
    finally:
        _ours.reset(token)


def silent_logger() -> logging.Logger:
    """Return a logger that never says anything, for the websocket, whose address holds the key."""
    logger = logging.Logger("rtwidget.silent")  # noqa: LOG001  (outside of the hierarchy on purpose)
    logger.disabled = True
    return logger
