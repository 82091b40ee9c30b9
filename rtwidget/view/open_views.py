"""The views of one table that are there now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rtwidget.view.session import ViewSession

MOST_VIEWS: Final = 100
"""Views of one table at once: far more than a person opens, and each one takes time at every change."""


class OpenViews:
    """Views by their id; loop thread only, but for `attentive` and `viewed`, which any thread may read."""

    def __init__(self) -> None:
        self._sessions: dict[str, ViewSession] = {}

    def __iter__(self) -> Iterator[ViewSession]:
        # A copy, made in one step, as views come and go while another thread looks.
        return iter(tuple(self._sessions.values()))

    def __len__(self) -> int:
        return len(self._sessions)

    @property
    def attentive(self) -> bool:
        """Whether some view is on a screen now."""
        return any(session.watching for session in self)

    @property
    def viewed(self) -> bool:
        """Whether there is some view."""
        return any(not session.ended for session in self)

    def find(self, view: str) -> ViewSession | None:
        """Return a view, if it is there; those that nobody heard of for long are forgotten."""
        self._sessions = {key: one for key, one in self._sessions.items() if not one.ended}
        return self._sessions.get(view)

    def add(self, view: str, session: ViewSession) -> None:
        """Add a view; where there are too many, the oldest is forgotten, and one that lives says hello again."""
        if len(self._sessions) >= MOST_VIEWS:
            # Dicts keep the order in which views came.
            self._sessions.pop(next(iter(self._sessions))).close()
        self._sessions[view] = session

    def remove(self, view: str) -> None:
        """End a view that said goodbye."""
        self._sessions.pop(view).close()

    def close(self) -> None:
        """End all of them."""
        for session in self:
            session.close()
        self._sessions.clear()
