"""Tables that are still open when the interpreter ends: the server hears that they leave."""

from __future__ import annotations

import atexit
import logging
import weakref
from typing import Protocol

_log = logging.getLogger("rtwidget")


class Closable(Protocol):
    """Something that is open."""

    def close(self) -> None:
        """Close it; twice is once."""
        ...


# Weakly: that it has to be closed at the end is no reason to live until then.
_open: weakref.WeakSet[Closable] = weakref.WeakSet()


def close_at_exit(table: Closable) -> None:
    """Have a table closed when the interpreter ends, if it is still open then. Any thread."""
    _open.add(table)


@atexit.register
def _close_all() -> None:
    for table in list(_open):
        try:
            table.close()
        except Exception:  # noqa: BLE001  (it is logged, whatever it is)
            # One table that cannot say goodbye must not keep the others from it.
            _log.exception("A table could not be closed at exit.")
