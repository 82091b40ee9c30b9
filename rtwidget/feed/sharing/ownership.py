"""Whose a table is: a forked process has its parent's tables as they stood, and nothing that would ever change them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from rtwidget.errors import ForkedError
from rtwidget.feed.status import Status
from rtwidget.replica.states.table_state import Problem, State
from rtwidget.sources.forking import this_process


class Ownership:
    """Remembers the process that made a table (any thread).

    Args:
        title: The table's name, for people.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._process = this_process()

    @property
    def is_ours(self) -> bool:
        """Whether this process made the table."""
        return self._process is this_process()

    def demand(self) -> None:
        """Refuse any use of the table by another process than the one that made it.

        Raises:
            ForkedError: When this process was forked from that one.
        """
        if not self.is_ours:
            raise self._error()

    def status(self, status: Status) -> Status:
        """Return a situation as this process may tell it: the rows stand still here since it was forked."""
        if self.is_ours:
            return status
        error = self._error()
        forked_at = this_process().forked_at or datetime.now(UTC)
        return replace(
            status,
            state=State.CLOSED if status.state is State.CLOSED else State.FAILED,
            since=forked_at,
            lag_ms=None,
            attempt=0,
            retry_at=None,
            error=Problem(error.message, error.hint),
            expected_rows=None,
            interval_s=None,
        )

    def _error(self) -> ForkedError:
        return ForkedError(
            f"The table {self._title} was made by the process that forked this one, so its rows would never change here.",
            "Call `live_table(...)` in this process, or pass `t.df` to it instead of the table.",
        )
