"""A snapshot as a DataFrame, indexed by the key."""

from __future__ import annotations

import pandas as pd

from rtwidget.replica.schema import Column, Schema
from rtwidget.store.dataframes.pandas_frame import shared, to_frame
from rtwidget.store.snapshot import EMPTY, Snapshot
from tests.unit.store.snapshots import json_text, number, snapshot_of


def test_the_key_is_the_index_and_the_order_is_the_snapshots() -> None:
    frame = to_frame(snapshot_of({"id": [3, 1, 2], "name": ["c", "a", "b"]}))
    assert frame.index.name == "id"
    assert frame.index.tolist() == [3, 1, 2]
    assert frame["name"].tolist() == ["c", "a", "b"]


def test_a_composite_key_gives_a_multi_index() -> None:
    snapshot = snapshot_of({"a": [1, 1], "b": ["x", "y"], "c": [5, 6]}, key=("a", "b"))
    frame = to_frame(snapshot)
    assert frame.index.names == ["a", "b"]
    assert frame.loc[(1, "y"), "c"] == 6


def test_an_array_in_a_composite_key_is_a_tuple_in_the_index() -> None:
    paths = [json_text("[1,[2,3]]"), json_text("[]")]
    snapshot = snapshot_of({"a": [1, 1], "p": paths}, types={"p": "_int4"}, key=("a", "p"))
    assert to_frame(snapshot).index.tolist() == [(1, (1, (2, 3))), (1, ())]
    assert to_frame(snapshot_of({"a": [1], "b": ["[1]"]}, key=("a", "b"))).index[0] == (1, "[1]")


def test_before_anything_is_known_there_is_an_empty_frame_with_the_keys_name() -> None:
    frame = to_frame(EMPTY)
    assert frame.index.name == "id"
    assert frame.shape == (0, 0)
    both = to_frame(Snapshot(Schema((), ("a", "b"))))
    assert both.index.names == ["a", "b"]
    assert len(both) == 0


def test_an_empty_table_with_known_columns_has_them_and_their_types() -> None:
    schema = Schema((Column("id", "int8"), Column("at", "timestamptz"), Column("n")), ("id",))
    frame = to_frame(to_snapshot(schema))
    assert list(frame.columns) == ["at", "n"]
    assert str(frame["at"].dtype) == "datetime64[us, UTC]"
    assert str(frame.index.dtype) == "int64"


def to_snapshot(schema: Schema) -> Snapshot:
    kinds = snapshot_of({"id": [1], "at": [None], "n": [None]}, {"at": "timestamptz"}).kinds
    return Snapshot(schema, kinds)


def test_a_dtype_backend_gives_nullable_types() -> None:
    frame = to_frame(
        snapshot_of({"n": [1, None], "x": [number("1.5"), None]}), "float", "numpy_nullable"
    )
    assert str(frame["n"].dtype) == "Int64"
    assert str(frame["x"].dtype) == "Float64"
    assert str(frame.index.dtype) == "Int64"


def test_a_shared_frame_may_be_changed_without_changing_the_original() -> None:
    frame = to_frame(snapshot_of({"n": [1, 2]}))
    mine = shared(frame)
    mine.loc[0, "n"] = 99
    mine["more"] = 1
    assert frame["n"].tolist() == [1, 2]
    assert list(frame.columns) == ["n"]
    pd.testing.assert_frame_equal(shared(frame), frame)
