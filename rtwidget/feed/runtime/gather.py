"""Several coroutines at once, for callers that catch plain errors."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


async def gather(*work: Coroutine[Any, Any, Any]) -> list[Any]:
    """Run coroutines at once and return their results in order; the first that fails cancels the others.

    No `TaskGroup`: until Python 3.13, a group whose task failed leaves its caller marked as being cancelled.

    Raises:
        Exception: What the first failure raised, itself and not in a group.
    """
    tasks = [asyncio.get_running_loop().create_task(one) for one in work]
    try:
        # Also when the caller is cancelled, nothing may run on behind it.
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    failures = [task.exception() for task in tasks if not task.cancelled()]
    for failure in failures:
        if failure is not None:
            raise failure
    return [task.result() for task in tasks]
