"""Asks the database for nothing now and then, so that a quiet table is not called live while it is down."""

from __future__ import annotations

import asyncio

from rtwidget.errors import ErrorKind
from rtwidget.feed.reads.read_context import ReadContext
from rtwidget.feed.sharing.project_state import Project
from rtwidget.replica.budgets import PING_INTERVAL_S


class Pinger:
    """Pings when nothing of the project was answered for a while; loop thread only.

    Args:
        path: What reads go through.
        project: What the feeds of the project share.
    """

    def __init__(self, context: ReadContext, project: Project) -> None:
        self._context = context
        self._project = project

    async def run(self) -> None:
        """Ping now and then, until cancelled.

        Raises:
            IdentityChangedError: When the token names somebody else.
        """
        clock, project = asyncio.get_running_loop().time, self._project
        asked_at = clock()
        while True:
            due_at = max(project.answered_at, asked_at) + PING_INTERVAL_S
            if due_at > clock():
                await asyncio.sleep(due_at - clock())
                continue
            asked_at = clock()
            # Until the table is described its reads are under way, and tell for themselves.
            while self._context.state.described and not await self._answers():
                pass

    async def _answers(self) -> bool:
        """Ping, and wait for the next try when there is no answer."""
        state, health, project = self._context.state, self._context.health, self._project
        asked_at = asyncio.get_running_loop().time()
        error = await project.ping(self._context.source.ping)
        if error is not None and error.kind is ErrorKind.NEEDS_OTHER_IDENTITY:
            raise error
        # An answer that time mends, such as a plain 500, is none of the database.
        if error is not None and error.kind is ErrorKind.TRANSIENT:
            await state.retry.wait(health.unanswered(error, asked_at))
            if project.answered_at < asked_at:
                return False
        else:
            if error is not None:
                # Another token may help, or nothing, when the table or the right to read it is gone: reads will tell.
                state.replica.invalidate_all("a ping was refused")
                state.wake_passes.set()
            project.answered()
        health.reached()
        return True
