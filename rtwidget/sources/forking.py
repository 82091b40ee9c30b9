"""Forked processes: a child lets go of its parent's connections, so that it can neither use them nor disturb them."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")

_log = logging.getLogger("rtwidget")


@dataclass(frozen=True, slots=True, eq=False)
class Process:
    """A process, as it knows itself; a forked child is another.

    Args:
        forked_at: When it was forked from one that had imported rtwidget, in UTC; None for one that was not.
    """

    forked_at: datetime | None = None


_now = Process()
# Weak, so that whoever is closed and collected is not left again, and nothing lives longer because it may be forked.
_left: WeakKeyDictionary[object, Callable[[Any], Iterable[int]]] = WeakKeyDictionary()
_halted: WeakKeyDictionary[object, Callable[[Any, threading.Event], object]] = WeakKeyDictionary()
# Two threads may fork at once, each with its own halt.
_forking = threading.local()


def this_process() -> Process:
    """Return the process that runs now (any thread)."""
    return _now


def when_forked(thing: T, leave: Callable[[T], Iterable[int]]) -> None:
    """Have every forked child leave a thing to its parent, for as long as the thing exists (any thread).

    Args:
        thing: What a child may not use.
        leave: Called in a child with the thing, before anything else runs there; returns the descriptors that the thing holds.
    """
    _left[thing] = leave


def halt_to_fork(thing: T, halt: Callable[[T, threading.Event], object]) -> None:
    """Have a thing stand still while the process forks, for as long as the thing exists (any thread).

    Args:
        thing: What works on a thread of its own.
        halt: Called on the thread that is about to fork with the thing and with what is set when it may go on.
    """
    _halted[thing] = halt


def _before() -> None:
    """A child has its parent's locks, those of imports too; one that another thread holds now would never be free there."""
    # Halted before the fork and released after it: a thread that stands in the middle of a change would be copied there.
    forked = _forking.over = threading.Event()
    for thing, halt in list(_halted.items()):
        halt(thing, forked)


def _in_parent() -> None:
    _forking.over.set()


def _in_child() -> None:
    """Become another process; threads that did not come along may hold locks for ever, so none is taken."""
    global _now  # noqa: PLW0603  (there is one process)
    _now = Process(datetime.now(UTC))
    _halted.clear()  # their threads did not come along, so a fork in here would wait for them in vain
    held: set[int] = set()
    for thing, leave in list(_left.items()):
        try:
            held.update(leave(thing))
        except Exception:  # noqa: BLE001  (it is logged, whatever it is)
            # One thing that cannot be left must not keep the others from it.
            _log.exception("A forked process could not leave a connection to its parent.")
    _let_go(held)


def _let_go(descriptors: Iterable[int]) -> None:
    """Make descriptors lead nowhere, which says nothing to whoever is at the other end.

    To close them here would not do: their numbers would name other files soon, and what the parent's objects still send or
    unregister when Python collects them would meet those.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    try:
        for descriptor in descriptors:
            os.dup2(nowhere, descriptor, inheritable=False)
    finally:
        os.close(nowhere)


if hasattr(os, "register_at_fork"):  # not on Windows, where nothing forks
    os.register_at_fork(before=_before, after_in_parent=_in_parent, after_in_child=_in_child)
