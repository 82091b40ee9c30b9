"""The binary messages of Postgres' `pgoutput` plug-in (protocol version 1). Pure.

https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final, Literal

POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Unchanged(Enum):
    """A large value that the update did not touch, and that is therefore not in the log."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED
Cell = str | None | Literal[Unchanged.UNCHANGED]
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a relation as the log knows it."""

    name: str
    type_oid: int
    is_identity: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A table as the log knows it at this point."""

    oid: int
    schema: str
    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Begin:
    """The start of a transaction. `xid` has 32 bits; `committed_at` is the commit's time."""

    xid: int
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One row inserted, updated or deleted.

    `old` is None when the log has no old row; with `old_is_key` only identity columns of it count.
    """

    kind: Literal["INSERT", "UPDATE", "DELETE"]
    relation_oid: int
    new: Row | None
    old: Row | None
    old_is_key: bool


@dataclass(frozen=True, slots=True)
class Ignored:
    """A message that matters to nobody here: commit, truncate, origin, type, user message."""

    tag: str


Message = Begin | Relation | Change | Ignored
_IGNORED: Final = frozenset("COTYM")


class ProtocolError(ValueError):
    """Bytes that are no pgoutput message."""


class _Reader:
    """Reads one message from its first byte to its last."""

    __slots__ = ("_data", "_position")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def take(self, count: int) -> bytes:
        end = self._position + count
        if end > len(self._data):
            raise ProtocolError("message ends too early")
        part = self._data[self._position : end]
        self._position = end
        return part

    def tag(self) -> str:
        return self.take(1).decode("latin-1")

    def unsigned(self, count: int) -> int:
        return int.from_bytes(self.take(count), "big")

    def text(self) -> str:
        end = self._data.find(b"\0", self._position)
        if end < 0:
            raise ProtocolError("text without end")
        part = self._data[self._position : end]
        self._position = end + 1
        return part.decode("utf-8")

    def row(self) -> Row:
        return tuple(self._cell() for _ in range(self.unsigned(2)))

    def _cell(self) -> Cell:
        tag = self.tag()
        if tag == "n":
            return None
        if tag == "u":
            return UNCHANGED
        if tag == "t":
            return self.take(self.unsigned(4)).decode("utf-8")
        raise ProtocolError(f"unknown cell {tag!r}")

    def relation(self) -> Relation:
        oid = self.unsigned(4)
        schema, name = self.text() or "pg_catalog", self.text()
        self.take(1)  # replica identity; the columns' flags say the same
        columns = []
        for _ in range(self.unsigned(2)):
            is_identity = bool(self.unsigned(1) & 1)
            column = self.text()
            columns.append(Column(column, self.unsigned(4), is_identity))
            self.take(4)  # type modifier
        return Relation(oid, schema, name, tuple(columns))

    def begin(self) -> Begin:
        self.take(8)  # position of the commit record
        (microseconds,) = struct.unpack(">q", self.take(8))
        return Begin(self.unsigned(4), POSTGRES_EPOCH + timedelta(microseconds=microseconds))

    def insert(self) -> Change:
        oid = self.unsigned(4)
        self._expect("N", self.tag())
        return Change("INSERT", oid, self.row(), None, old_is_key=False)

    def update(self) -> Change:
        oid = self.unsigned(4)
        tag = self.tag()
        old: Row | None = None
        old_is_key = tag == "K"
        if tag in "KO":
            old = self.row()
            tag = self.tag()
        self._expect("N", tag)
        return Change("UPDATE", oid, self.row(), old, old_is_key=old_is_key)

    def delete(self) -> Change:
        oid = self.unsigned(4)
        tag = self.tag()
        if tag not in "KO":
            raise ProtocolError(f"unknown old row {tag!r}")
        return Change("DELETE", oid, None, self.row(), old_is_key=tag == "K")

    @staticmethod
    def _expect(wanted: str, found: str) -> None:
        if found != wanted:
            raise ProtocolError(f"expected {wanted!r}, found {found!r}")


def parse(data: bytes) -> Message:
    """Read one message.

    Args:
        data: One row of `pg_logical_slot_get_binary_changes`.

    Raises:
        ProtocolError: The bytes are no message of protocol version 1 with text values.
    """
    reader = _Reader(data)
    tag = reader.tag()
    if tag in _IGNORED:
        return Ignored(tag)
    match tag:
        case "B":
            return reader.begin()
        case "R":
            return reader.relation()
        case "I":
            return reader.insert()
        case "U":
            return reader.update()
        case "D":
            return reader.delete()
    raise ProtocolError(f"unknown message {tag!r}")
