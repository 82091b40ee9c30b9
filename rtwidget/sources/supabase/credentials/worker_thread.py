"""Blocking calls of the user's code, kept away from the loop thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

CALL_LIMIT_S = 10.0
"""How long a token callable or a sync client may take, in seconds (design section 8)."""


async def in_worker(call: Callable[[], Result], limit_s: float = CALL_LIMIT_S) -> Result:
    """Run a blocking call in a thread of its own and return its result (loop thread only).

    A daemon thread rather than the executor's: one that never ends must not hold up the exit.

    Args:
        call: What to run; its exception is raised here.
        limit_s: The longest wait in seconds; the thread is then left alone.

    Raises:
        TimeoutError: When the call took longer.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        # Whoever waited may have given up, and a second result would raise on the loop.
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result: Result | None = None
        error: BaseException | None = None
        try:
            result = call()
        except StopIteration as stop:  # a future refuses to carry this one
            error = RuntimeError(repr(stop))
        except BaseException as raised:  # noqa: BLE001  (it is raised again on the loop thread)
            error = raised
        # The interpreter may be ending while the user's function still runs.
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name="rtwidget-worker", daemon=True).start()
    return await asyncio.wait_for(answer, limit_s)
