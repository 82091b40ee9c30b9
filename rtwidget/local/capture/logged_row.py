"""A change as subscribers are told of it: which cells are known, new and old. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rtwidget.local.capture.pgoutput import parse
from rtwidget.local.capture.pgoutput_messages import UNCHANGED, Begin, Change, Relation, Row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

Cells = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class LoggedRow:
    """One row change. A column that is missing from `new` or `old` is unknown, not null.

    Args:
        kind: INSERT, UPDATE or DELETE.
        table_oid: The table.
        new: Column to text, as Postgres prints the value; None is SQL's null. Empty for a DELETE.
        old: The same of the row before; empty for an INSERT.
        committed_at: Time of the commit, in UTC.
    """

    kind: str
    table_oid: int
    new: Cells
    old: Cells
    committed_at: datetime

    @property
    def filter_cells(self) -> Cells:
        """The cells that filters look at: of a deleted row the old ones."""
        return self.old if self.kind == "DELETE" else self.new

    @property
    def size_bytes(self) -> int:
        """About the size of the change in the log."""
        return sum(
            len(text.encode())
            for cells in (self.new, self.old)
            for text in cells.values()
            if text is not None
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """What one poll brought: the rows in commit order, and the 32-bit numbers of their transactions."""

    rows: list[LoggedRow]
    xids: frozenset[int]


def read_batch(messages: Iterable[bytes]) -> Batch:
    """Read the messages of one poll; each poll repeats the relations that it uses.

    Raises:
        ProtocolError: A message cannot be read.
    """
    relations: dict[int, Relation] = {}
    rows: list[LoggedRow] = []
    xids: set[int] = set()
    begin: Begin | None = None
    for data in messages:
        message = parse(data)
        if isinstance(message, Begin):
            begin = message
        elif isinstance(message, Relation):
            relations[message.oid] = message
        elif isinstance(message, Change) and begin is not None:
            xids.add(begin.xid)
            rows.append(resolve(message, relations[message.relation_oid], begin.committed_at))
    return Batch(rows, frozenset(xids))


def resolve(change: Change, relation: Relation, committed_at: datetime) -> LoggedRow:
    """Name the cells of a change and take those that the log leaves out from the other row.

    Args:
        change: The change.
        relation: Its table at that point of the log.
        committed_at: Time of the commit.
    """
    # The columns of the replica identity, the primary key by default.
    identity = {column.name for column in relation.columns if column.is_identity}
    old = _named(relation, change.old)
    # The log then fills the other columns of the old row with nulls, which mean nothing.
    if change.old_is_key:
        old = {name: text for name, text in old.items() if name in identity}
    new = _named(relation, change.new)
    if change.kind == "UPDATE":
        # A large value that was not touched stands in the old row alone, if the identity is full.
        for name, text in old.items():
            new.setdefault(name, text)
        # Postgres logs an old key only where the key changed; clients always get one.
        for name in identity & new.keys():
            old.setdefault(name, new[name])
    return LoggedRow(change.kind, relation.oid, new, old, committed_at)


def _named(relation: Relation, row: Row | None) -> Cells:
    if row is None:
        return {}
    return {
        column.name: cell
        for column, cell in zip(relation.columns, row, strict=True)
        if cell is not UNCHANGED
    }
