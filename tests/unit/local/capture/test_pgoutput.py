"""The decoder reads back whatever was encoded after Postgres' message formats, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.capture.pgoutput import ProtocolError, parse
from rtwidget.local.capture.pgoutput_messages import (
    UNCHANGED,
    Begin,
    Cell,
    Change,
    Column,
    Ignored,
    Relation,
)
from tests.unit.local.capture.message_bytes import encode_begin, encode_change, encode_relation

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
