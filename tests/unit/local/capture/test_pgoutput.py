"""The decoder reads back whatever was encoded after Postgres' message formats, and nothing else."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.capture.logged_row import read_batch
from rtwidget.local.capture.pgoutput import (
    POSTGRES_EPOCH,
    UNCHANGED,
    Begin,
    Cell,
    Change,
    Column,
    Ignored,
    ProtocolError,
    Relation,
    Row,
    parse,
)

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
NAMES = TEXTS.filter(bool)
OIDS = st.integers(0, 2**32 - 1)
CELLS: st.SearchStrategy[Cell] = st.none() | st.just(UNCHANGED) | TEXTS
ROWS = st.lists(CELLS, max_size=6).map(tuple)
COLUMNS = st.builds(Column, NAMES, OIDS, st.booleans())
RELATIONS = st.builds(Relation, OIDS, NAMES, NAMES, st.lists(COLUMNS, max_size=6).map(tuple))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
NO = st.just(value=False)
CHANGES = st.one_of(
    st.builds(Change, st.just("INSERT"), OIDS, ROWS, st.none(), NO),
    st.builds(Change, st.just("UPDATE"), OIDS, ROWS, st.none(), NO),
    st.builds(Change, st.just("UPDATE"), OIDS, ROWS, ROWS, st.booleans()),
    st.builds(Change, st.just("DELETE"), OIDS, st.none(), ROWS, st.booleans()),
)


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


@given(CHANGES)
def test_changes_come_back(change: Change) -> None:
    assert parse(encode_change(change)) == change


@given(RELATIONS)
def test_relations_come_back(relation: Relation) -> None:
    assert parse(encode_relation(relation)) == relation


@given(st.builds(Begin, OIDS, MOMENTS))
def test_begins_come_back(begin: Begin) -> None:
    assert parse(encode_begin(begin)) == begin


@given(CHANGES, st.data())
def test_a_cut_message_is_refused(change: Change, data: st.DataObject) -> None:
    whole = encode_change(change)
    end = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(ProtocolError):
        parse(whole[:end])


@pytest.mark.parametrize("tag", ["C", "O", "T", "Y", "M"])
def test_what_matters_to_nobody_is_passed_over(tag: str) -> None:
    assert parse(tag.encode() + b"anything") == Ignored(tag)


@pytest.mark.parametrize("data", [b"", b"?", b"I\0\0\0\1X", b"I\0\0\0\1N\0\1b", b"D\0\0\0\1N"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        parse(data)


TABLE = Relation(
    5, "public", "t", (Column("id", 20, is_identity=True), Column("a", 25, is_identity=False))
)
AT = datetime(2026, 1, 2, tzinfo=UTC)


def rows_of(*changes: Change) -> list[tuple[dict[str, str | None], dict[str, str | None]]]:
    begin, relation = encode_begin(Begin(9, AT)), encode_relation(TABLE)
    batch = read_batch([begin, relation, *map(encode_change, changes), b"C"])
    assert batch.xids == {9}
    return [(row.new, row.old) for row in batch.rows]


def test_update_without_old_row_knows_its_key() -> None:
    change = Change("UPDATE", 5, ("1", "x"), None, old_is_key=False)
    assert rows_of(change) == [({"id": "1", "a": "x"}, {"id": "1"})]


def test_changed_key_is_in_the_old_row_and_only_the_key() -> None:
    change = Change("UPDATE", 5, ("2", "x"), ("1", None), old_is_key=True)
    assert rows_of(change) == [({"id": "2", "a": "x"}, {"id": "1"})]


def test_unchanged_large_value_is_absent_or_taken_from_a_full_old_row() -> None:
    absent = Change("UPDATE", 5, ("1", UNCHANGED), None, old_is_key=False)
    taken = Change("UPDATE", 5, ("1", UNCHANGED), ("1", "big"), old_is_key=False)
    assert rows_of(absent, taken) == [
        ({"id": "1"}, {"id": "1"}),
        ({"id": "1", "a": "big"}, {"id": "1", "a": "big"}),
    ]


def test_delete_knows_the_identity_only() -> None:
    change = Change("DELETE", 5, None, ("1", None), old_is_key=True)
    assert rows_of(change) == [({}, {"id": "1"})]
