"""One logged row to the channels that may and want to hear of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rtwidget.local.capture import change_payload
from rtwidget.local.capture.row_evaluation import key_of
from rtwidget.local.realtime.phoenix_frames import compact_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rtwidget.local.capture.logged_row import LoggedRow
    from rtwidget.local.capture.row_evaluation import Rendered
    from rtwidget.local.postgres.table_definition import Table
    from rtwidget.local.realtime.subscriptions import Identity, Subscriber, Subscription

VisibleKeys = dict["Identity", set[tuple[str | None, ...]]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one channel."""

    subscriber: Subscriber
    ids: list[int]
    data: str


@dataclass(slots=True)
class EventBuilder:
    """Builds the events of one table in one batch: who may hear of a row, who wants to, what they are told.

    Args:
        table: The table as it is now.
        subscriptions: Those on the table, grouped by channel.
        visible: For each identity the keys of rows that its policies let it select.
        max_record_bytes: A larger change arrives truncated, with error 413.
    """

    table: Table
    subscriptions: Sequence[Subscription]
    visible: VisibleKeys
    max_record_bytes: int
    _written: dict[frozenset[str], str] = field(default_factory=dict)

    def deliveries(self, row: LoggedRow, rendered: Rendered) -> Iterator[Delivery]:
        """Yield the events that one row causes, channel by channel.

        Args:
            row: What was logged.
            rendered: Its JSON and the filters it passes.
        """
        # Channels with equal rights get the same text, so it is written once for a row.
        self._written = {}
        matched: dict[tuple[Subscriber, object], Delivery] = {}
        for subscription in self.subscriptions:
            binding = subscription.binding
            if binding.event not in ("*", row.kind):
                continue
            data = self._data(subscription, row, rendered)
            if data is None:
                continue
            # Two selections of one channel are two events, equal ones are one with several ids.
            group = (subscription.subscriber, binding.select)
            if group in matched:
                matched[group].ids.insert(0, binding.id)  # the real server's order
            else:
                matched[group] = Delivery(subscription.subscriber, [binding.id], data)
        yield from matched.values()

    def _data(self, subscription: Subscription, row: LoggedRow, rendered: Rendered) -> str | None:
        table, role = self.table, subscription.identity.role
        if row.kind != "DELETE":
            # Before filters: the real server tells of a change that it may not show, to all who subscribed.
            error = self._refusal(role)
            if error:
                return change_payload.refused_change_json(row.kind, table.schema, table.name, error)
        if not rendered.passed.issuperset(subscription.binding.filters):
            return None
        if row.kind != "DELETE" and table.has_row_security:
            visible = self.visible.get(subscription.identity, set())
            # Missing also when the row is gone again: it is not there for anybody.
            if key_of(table, row) not in visible:
                return None
        columns = self._columns(role, subscription.binding.select)
        if columns not in self._written:
            self._written[columns] = self._write(row, rendered, columns)
        return self._written[columns]

    def _refusal(self, role: str) -> str | None:
        if not self.table.key:
            return change_payload.NO_KEY
        # Without the key a client could not tell which row changed.
        if not all(role in column.readers for column in self.table.key):
            return change_payload.UNAUTHORIZED
        return None

    def _columns(self, role: str, select: tuple[str, ...] | None) -> frozenset[str]:
        return frozenset(
            column.name
            for column in self.table.columns
            if role in column.readers and (select is None or column.is_key or column.name in select)
        )

    def _write(self, row: LoggedRow, rendered: Rendered, names: frozenset[str]) -> str:
        table, new, old, error = self.table, rendered.new, rendered.old, None
        if row.size_bytes > self.max_record_bytes:
            new, old = change_payload.without_large(new), change_payload.without_large(old)
            error = change_payload.TOO_LARGE
        old_names = names
        if row.kind == "DELETE" and table.has_row_security:
            # Nobody can tell any more who was allowed to see the row.
            old_names = names & {column.name for column in table.key}
        parts = {
            "record": change_payload.record_json(new, names),
            "columns": change_payload.columns_json([c for c in table.columns if c.name in names]),
            "commit_timestamp": compact_json(change_payload.commit_time(row.committed_at)),
            "old_record": change_payload.record_json(old, old_names),
        }
        return change_payload.change_json(row.kind, table.schema, table.name, parts, error)
