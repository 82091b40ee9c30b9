"""`pgoutput` messages as bytes, after Postgres' description of the formats."""

from __future__ import annotations

import struct
from datetime import timedelta

from rtwidget.local.capture.pgoutput import POSTGRES_EPOCH
from rtwidget.local.capture.pgoutput_messages import UNCHANGED, Begin, Cell, Change, Relation, Row


def encode_cell(cell: Cell) -> bytes:
    if cell is None:
        return b"n"
    if cell is UNCHANGED:
        return b"u"
    data = cell.encode()
    return b"t" + struct.pack(">I", len(data)) + data


def encode_row(row: Row) -> bytes:
    return struct.pack(">H", len(row)) + b"".join(map(encode_cell, row))


def encode_change(change: Change) -> bytes:
    old = b""
    if change.old is not None:
        old = (b"K" if change.old_is_key else b"O") + encode_row(change.old)
    new = b"" if change.new is None else b"N" + encode_row(change.new)
    return change.kind[0].encode() + struct.pack(">I", change.relation_oid) + old + new


def encode_relation(relation: Relation) -> bytes:
    head = b"R" + struct.pack(">I", relation.oid)
    names = relation.schema.encode() + b"\0" + relation.name.encode() + b"\0d"
    columns = b"".join(
        bytes([column.is_identity])
        + column.name.encode()
        + b"\0"
        + struct.pack(">Ii", column.type_oid, -1)
        for column in relation.columns
    )
    return head + names + struct.pack(">H", len(relation.columns)) + columns


def encode_begin(begin: Begin) -> bytes:
    microseconds = (begin.committed_at - POSTGRES_EPOCH) // timedelta(microseconds=1)
    return b"B" + struct.pack(">QqI", 1, microseconds, begin.xid)
