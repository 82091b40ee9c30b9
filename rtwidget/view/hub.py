"""The views of one table: browser messages go to their session, news of the table to all."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from rtwidget.feed.handle import TableHandle
from rtwidget.feed.status import Status
from rtwidget.replica.reads import Delta
from rtwidget.store.ordering import Order
from rtwidget.view.change_log import ChangeLog
from rtwidget.view.messages import Ack, Bye, Hello, Retry, Values, Visible, Window, parse
from rtwidget.view.session import ViewSession

_log = logging.getLogger("rtwidget")


class ViewHub:
    """Follows a table for its views; loop thread only.

    Args:
        handle: The table.
        orders: The table's order, with which views begin.
        send: Sends a message to the browser; returns at once.
    """

    def __init__(
        self,
        handle: TableHandle,
        orders: Sequence[Order],
        send: Callable[[dict[str, Any]], None],
    ) -> None:
        self._handle = handle
        self._send = send
        self._orders = tuple(orders)
        self._changes = ChangeLog()
        self._sessions: dict[str, ViewSession] = {}

    @property
    def attentive(self) -> bool:
        """Whether some view is on a screen now."""
        return any(session.watching for session in self._sessions.values())

    def receive(self, content: object) -> None:
        """Act on a message of the browser; one that the contract does not know is answered with an error."""
        try:
            message = parse(content)
        except (msgspec.ValidationError, UnicodeError) as error:
            _log.warning("A browser message was refused: %s", error)
            self._refuse(content, str(error))
            return
        self._handle.used(displayed=True)
        self._sessions = {view: one for view, one in self._sessions.items() if not one.ended}
        session = self._sessions.get(message.view)
        match message:
            case Hello() if session is None:
                self._sessions[message.view] = ViewSession(
                    message, self._handle, self._orders, self._changes, self._send
                )
            case Hello() if session is not None:
                session.greet(message)
            case Retry():
                self._handle.refresh()
            case Bye() if session is not None:
                session.close()
                del self._sessions[message.view]
            case Window() if session is not None:
                session.ask(message)
            case Ack() if session is not None:
                session.ack(message.seq)
            case Values() if session is not None:
                session.offer(message)
            case Visible() if session is not None:
                session.show(visible=message.visible)
            case _:
                # A view that this kernel does not know (it restarted, or said bye) says hello again by itself.
                _log.debug("A message of an unknown view: %s", type(message).__name__)

    def sort(self, orders: Sequence[Order]) -> None:
        """Show the rows in another order, in every view."""
        self._orders = tuple(orders)
        for session in self._sessions.values():
            session.sort(self._orders)

    def changed(self, delta: Delta) -> None:
        """Rows changed; those that come for the first time are no change to look at."""
        if self._handle.status.verified_at is not None:
            self._changes.changed(delta, time.time())
        for session in self._sessions.values():
            session.changed(delta)

    def told(self, _status: Status) -> None:
        """The situation changed."""
        for session in self._sessions.values():
            session.touch()

    def emptied(self) -> None:
        """Every row went."""
        self._changes.clear()
        for session in self._sessions.values():
            session.emptied()

    def close(self) -> None:
        """Forget every view."""
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()

    def _refuse(self, content: object, why: str) -> None:
        view = content.get("view") if isinstance(content, dict) else None
        if isinstance(content, dict) and isinstance(view, str) and view.isascii():
            reply = {"kind": "error", "view": view, "id": content.get("id")}
            self._send(
                {**reply, "message": "The kernel refused a message of the view.", "hint": why}
            )
