"""What a table says of itself, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic

from rtwidget.errors import RtwidgetError
from rtwidget.feed.follower import Followers
from rtwidget.feed.runtime.signal import Signal
from rtwidget.feed.status import Status
from rtwidget.replica.budgets import READ_RECENTLY_S
from rtwidget.replica.states.table_state import Problem, State


class TableStatus:
    """The situation of one table; loop thread only, but for `status`, `error` and `signal`, which any thread may read."""

    def __init__(self) -> None:
        self.status = Status(State.CONNECTING, datetime.now(UTC))
        self.error: RtwidgetError | None = None
        self.signal = Signal()
        self.followers = Followers()
        # Long enough ago that nobody counts as having read.
        self.read_at = -READ_RECENTLY_S

    @property
    def attended(self) -> bool:
        """Whether somebody looks at the rows or waits for them now."""
        return monotonic() - self.read_at < READ_RECENTLY_S or self.followers.attentive

    def show(self, status: Status, error: RtwidgetError | None) -> None:
        """Tell everybody the situation."""
        self.status, self.error = status, error
        self.signal.rise()
        self.followers.told(status)

    def show_connecting(self, rows: int) -> None:
        """Tell everybody that a feed is looked for, while so many rows are still shown."""
        self.show(Status(State.CONNECTING, datetime.now(UTC), rows), None)

    def show_held(self, state: State, problem: Problem | None) -> None:
        """Tell everybody that nothing is asked for any more."""
        self.show(self._held(state, problem), None)

    def show_failed(self, error: RtwidgetError) -> None:
        """Tell everybody that only the user can help."""
        self.show(self._held(State.FAILED, Problem(error.message, error.hint)), error)

    def tell_emptied(self) -> None:
        """Tell everybody that every row went."""
        self.signal.rise()
        self.followers.emptied()

    def _held(self, state: State, problem: Problem | None) -> Status:
        held = replace(self.status, state=state, since=datetime.now(UTC), error=problem)
        return replace(held, attempt=0, retry_at=None)
