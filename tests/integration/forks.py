"""Work in a forked child, as `multiprocessing` does it on Linux before Python 3.14."""

from __future__ import annotations

import os
import pickle
import select
import signal
import traceback
import warnings
from collections.abc import Callable
from time import monotonic
from typing import Any

from tests.patience import PATIENCE_S

AT_ONCE_S = 20.0
"""Much more than an error takes on a busy machine, and much less than any wait of a table, in seconds."""


class ChildError(AssertionError):
    """A child raised, or did not answer."""


def in_child(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a forked child answered, and after how many seconds."""
    began = monotonic()
    answer, telling = os.pipe()
    with warnings.catch_warnings():
        # That a process with threads forks is what these tests are about.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _tell(telling, work)
    os.close(telling)
    try:
        told = _heard(answer, began + PATIENCE_S)
    finally:
        os.close(answer)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    took_s = monotonic() - began
    if not told:
        raise ChildError(f"The child said nothing in {took_s:.0f} s.")
    worked, result = pickle.loads(told)
    if not worked:
        raise ChildError(result)
    return result, took_s


def _tell(telling: int, work: Callable[[], Any]) -> None:
    """Work, tell what came of it, and end as a child of `multiprocessing` does: at once."""
    try:
        told = pickle.dumps((True, work()))
    except BaseException:  # noqa: BLE001  (the test shall see it, whatever it is)
        told = pickle.dumps((False, traceback.format_exc()))
    os.write(telling, told)
    os._exit(0)


def _heard(answer: int, until: float) -> bytes:
    told = b""
    while select.select([answer], [], [], max(0.0, until - monotonic()))[0]:
        part = os.read(answer, 65_536)
        if not part:
            return told
        told += part
    return b""
