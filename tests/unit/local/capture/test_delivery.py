"""Who is told of a row, and which of its cells."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from rtwidget.local.capture.delivery import Delivery, EventBuilder
from rtwidget.local.capture.logged_row import LoggedRow
from rtwidget.local.capture.row_evaluation import Rendered
from rtwidget.local.postgres.table_definition import Table, TableColumn
from rtwidget.local.realtime.joining.binding import parse_binding
from rtwidget.local.realtime.subscriptions import Identity, Subscription

AT = datetime(2026, 1, 2, tzinfo=UTC)
ALL = frozenset({"anon", "clerk"})
ID = TableColumn("id", "int4", "int4", is_key=True, readers=ALL)
NAME = TableColumn("name", "text", "text", is_key=False, readers=ALL)
PAY = TableColumn("pay", "int4", "int4", is_key=False, readers=frozenset({"clerk"}))


class Listener:
    """A channel that is only asked for by name."""

    def deliver(self, ids: list[int], data: str) -> None: ...

    def resubscribe(self) -> None: ...


def subscription(listener: Listener, role: str = "anon", **entry: Any) -> Subscription:
    binding = parse_binding({"schema": "public", "table": "t", **entry})
    return Subscription(listener, 5, binding, Identity.of({"role": role}))


def events(
    *subscriptions: Subscription,
    kind: str = "INSERT",
    columns: tuple[TableColumn, ...] = (ID, NAME, PAY),
    visible: set[tuple[str | None, ...]] | None = None,
    max_record_bytes: int = 1000,
    passes: bool = True,
) -> list[Delivery]:
    table = Table(5, "public", "t", visible is not None, columns)
    new: dict[str, str | None] = {"id": "1", "name": "Ada", "pay": "9"}
    cells = {"id": "1", "name": '"Ada"', "pay": "9"}
    old = {} if kind == "INSERT" else new
    row = LoggedRow(kind, 5, {} if kind == "DELETE" else new, old, AT)
    filters = [one for held in subscriptions for one in held.binding.filters]
    rendered = Rendered(
        {} if kind == "DELETE" else dict(cells),
        {} if kind == "INSERT" else dict(cells),
        frozenset(filters if passes else []),
    )
    keys = {held.identity: visible for held in subscriptions} if visible is not None else {}
    builder = EventBuilder(table, subscriptions, keys, max_record_bytes)
    return list(builder.deliveries(row, rendered))


def test_a_role_is_told_the_columns_that_it_may_read() -> None:
    anon, clerk = events(subscription(Listener()), subscription(Listener(), "clerk"))
    assert json.loads(anon.data)["record"] == {"id": 1, "name": "Ada"}
    assert json.loads(clerk.data)["record"] == {"id": 1, "name": "Ada", "pay": 9}


def test_a_selection_keeps_the_key() -> None:
    (event,) = events(subscription(Listener(), "clerk", select=["pay"]))
    assert json.loads(event.data)["record"] == {"id": 1, "pay": 9}


def test_bindings_of_one_channel_share_an_event_the_later_first() -> None:
    listener = Listener()
    first, second = subscription(listener), subscription(listener, filter="id=eq.1")
    (event,) = events(first, second)
    assert event.ids == [second.binding.id, first.binding.id]


def test_only_the_wanted_kinds_of_change_and_the_rows_that_pass_are_told() -> None:
    assert events(subscription(Listener(), event="UPDATE")) == []
    assert events(subscription(Listener(), filter="id=eq.2"), passes=False) == []
    assert len(events(subscription(Listener(), event="update"), kind="UPDATE")) == 1


def test_row_security_hides_rows_and_of_a_deleted_row_all_but_the_key() -> None:
    listener = subscription(Listener())
    assert events(listener, visible=set()) == []
    assert len(events(listener, visible={("1",)})) == 1
    (deleted,) = events(listener, kind="DELETE", visible=set())
    assert json.loads(deleted.data)["old_record"] == {"id": 1}


def test_a_table_without_a_key_or_with_a_hidden_one_says_so_instead() -> None:
    listener = subscription(Listener())
    (no_key,) = events(listener, columns=(NAME,))
    assert json.loads(no_key.data)["errors"] == ["Error 400: Bad Request, no primary key"]
    hidden = TableColumn("id", "int4", "int4", is_key=True, readers=frozenset())
    (unauthorized,) = events(listener, columns=(hidden, NAME))
    assert json.loads(unauthorized.data)["errors"] == ["Error 401: Unauthorized"]
    assert json.loads(unauthorized.data)["record"] == {}


def test_a_change_that_is_too_large_says_so() -> None:
    (event,) = events(subscription(Listener()), max_record_bytes=3)
    assert json.loads(event.data)["errors"] == ["Error 413: Payload Too Large"]
