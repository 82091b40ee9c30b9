"""The views of one table: browser messages go to their session, news of the table to all."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from rtwidget.feed.status import Status
from rtwidget.replica.delta import Delta
from rtwidget.replica.keys import Key
from rtwidget.store.order.ordering import Order
from rtwidget.view.browser_keys import BrowserKeys
from rtwidget.view.grid_table import GridTable
from rtwidget.view.messages.browser_messages import (
    Ack,
    BrowserMessage,
    Bye,
    Hold,
    Retry,
    Still,
    Visible,
    parse,
)
from rtwidget.view.messages.refusal_message import refusal
from rtwidget.view.messages.row_messages import Copy, Select, Span, Values, WholeRow
from rtwidget.view.messages.value_offers import ValueOffers
from rtwidget.view.messages.whole_rows import WholeRows
from rtwidget.view.messages.window_messages import Hello, Window
from rtwidget.view.open_views import OpenViews
from rtwidget.view.session import ViewSession
from rtwidget.view.view_context import ViewContext

_log = logging.getLogger("rtwidget")


class ViewHub:
    """Follows a table for its views; loop thread only.

    Args:
        table: The table.
        orders: The table's order, with which views begin.
        send: Sends a message to the browser; returns at once.
        chosen: Told which rows somebody chose; returns at once.
        viewed: Told that a view came, and that the last one is gone for good.
    """

    def __init__(
        self,
        table: GridTable,
        orders: Sequence[Order],
        send: Callable[[dict[str, Any]], None],
        chosen: Callable[[tuple[Key, ...]], None] = lambda _keys: None,
        viewed: Callable[[bool], None] = lambda _viewed: None,
    ) -> None:
        self._table = table
        self._send = send
        self._context = ViewContext(table, tuple(orders))
        self._chosen = chosen
        self._viewed = viewed
        self._offers = ValueOffers(table, send)
        self._keys = BrowserKeys(table, send)
        self._whole = WholeRows(send)
        self._views = OpenViews()

    @property
    def attentive(self) -> bool:
        """Whether some view is on a screen now; any thread."""
        return self._views.attentive

    @property
    def viewed(self) -> bool:
        """Whether there is some view; any thread."""
        return self._views.viewed

    def receive(self, content: object) -> None:
        """Act on a message of the browser; one that the contract does not know is answered with an error."""
        try:
            message = parse(content)
        except (msgspec.ValidationError, UnicodeError) as error:
            _log.warning("A browser message was refused: %.300s", error)
            answer = refusal(content, error)
            if answer is not None:
                self._send(answer)
            return
        # Whatever a page says, somebody is there: a table that sleeps wakes up.
        self._table.used(displayed=True)
        session = self._views.find(message.view)
        match message:
            case Hello() if session is None:
                self._views.add(message.view, ViewSession(message, self._context, self._send))
                self._viewed(True)  # noqa: FBT003  (what happened)
            case Retry():
                self._table.refresh()
            case Values():
                self._offers.offer(message)
            case WholeRow():
                rows = self._table.rows_now()
                self._whole.show(message, self._keys.key(message.key), rows)
            # So far nothing needed a session; from here on everything does.
            case _ if session is None:
                # A view that this kernel does not know (it restarted, or said bye) says hello again by itself.
                _log.debug("A message of an unknown view: %s", type(message).__name__)
            case Select() | Span() | Copy():
                self._pick(session, message)
            case _:
                self._receive_of(session, message)

    def _receive_of(self, session: ViewSession, message: BrowserMessage) -> None:
        match message:
            # Before windows, because a hello is one.
            case Hello():
                session.greet(message)
            case Window():
                session.ask(message)
            case Ack():
                session.ack(message.seq)
            case Visible():
                session.show(visible=message.visible)
            case Hold():
                session.freeze(frozen=message.held)
            case Still():
                session.keep_still(still=message.still)
            case Bye():
                self._views.remove(message.view)
                # A page or notebook that was closed may come back; an output that was taken away will not.
                if message.gone and not len(self._views):
                    self._viewed(False)  # noqa: FBT003  (what happened)

    def _pick(self, session: ViewSession, message: Select | Span | Copy) -> None:
        if isinstance(message, Copy):
            self._whole.copy(message, self._keys.keys(message.keys), session.query.rows)
            return
        if isinstance(message, Select):
            keys: tuple[Key, ...] | None = self._keys.keys(message.keys)
        else:
            keys = self._keys.span(message, session.query)
        if keys is not None:
            self.choose(keys)
            if isinstance(message, Select):
                session.knows_selection()
            self._chosen(keys)

    def sort(self, orders: Sequence[Order]) -> None:
        """Show the rows in another order, in every view."""
        self._context.orders = tuple(orders)
        for session in self._views:
            session.sort()

    def changed(self, delta: Delta) -> None:
        """Rows changed; those that come for the first time are no change to look at."""
        if self._table.status.verified_at is not None:
            self._context.changes.changed(delta, time.time())
        for session in self._views:
            session.changed(delta)

    def told(self, _status: Status) -> None:
        """The situation changed."""
        self._touch()

    def choose(self, keys: tuple[Key, ...]) -> None:
        """Show these rows as chosen, in every view."""
        if keys != self._context.selection.keys:
            self._context.selection.choose(keys)
            self._touch()

    def emptied(self) -> None:
        """Every row went, and what was chosen or changed in them is nobody's business any more."""
        self._context.changes.clear()
        if self._context.selection.keys:
            self.choose(())
            self._chosen(())
        for session in self._views:
            session.emptied()

    def close(self) -> None:
        """Forget every view."""
        self._offers.close()
        self._whole.close()
        self._views.close()

    def _touch(self) -> None:
        for session in self._views:
            session.touch()
