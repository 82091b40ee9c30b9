"""The binary form of `pgoutput` messages (protocol version 1), read byte by byte. Pure.

https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import Final

from rtwidget.local.capture.pgoutput_messages import (
    UNCHANGED,
    Begin,
    Cell,
    Change,
    Column,
    Ignored,
    Message,
    Relation,
    Row,
)

POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
# Commit, origin, truncate, type and message: the real server tells nobody of a truncate either.
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
        # Any byte is a tag, known or not, so that the error can name it.
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
        # The protocol writes `pg_catalog` as an empty text.
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
        # K: the key alone, because it changed; O: the whole row, because the identity is full.
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
