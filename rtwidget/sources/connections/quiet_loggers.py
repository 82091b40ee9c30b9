"""Silence for the libraries below us: they log addresses that name keys and hidden rows, and failures that we tell better."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# By context, not by logger: the user's own calls of the same library go on being logged.
_ours: ContextVar[bool] = ContextVar("rtwidget_unlogged", default=False)


class _Hush(logging.Filter):
    """Drops the records of our own calls and keeps everybody else's."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002  (whose it is decides)
        return not _ours.get()


_HUSH = _Hush()
# httpx has httpcore below it, which logs an answer's headers; PostgREST's `Content-Location` repeats the address.
_BELOW = {
    "httpx": (
        "httpcore.http11",
        "httpcore.http2",
        "httpcore.connection",
        "httpcore.proxy",
        "hpack.hpack",
    )
}


@contextmanager
def unlogged(library: str) -> Iterator[None]:
    """Keep a library from logging what is called inside (any thread).

    Args:
        library: The name of its logger; those below it that tell the same are kept quiet too.
    """
    for name in (library, *_BELOW.get(library, ())):
        # Adding a filter that is there already changes nothing, so none is ever taken away again.
        logging.getLogger(name).addFilter(_HUSH)
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
