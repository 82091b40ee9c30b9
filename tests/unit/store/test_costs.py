"""What the store promises of its costs: shared chunks, no waiting, and no Python object for a row but its key."""

from __future__ import annotations

import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from rtwidget.replica.schema import Column, Schema
from rtwidget.store import rows as rows_module
from rtwidget.store.chunks.segment import folded
from rtwidget.store.compaction import SegmentSizes
from rtwidget.store.rows import KeyedRows
from tests.patience import PATIENCE_S

SCHEMA = Schema((Column("id", "int4"), Column("name", "text"), Column("n", "int4")), ("id",))
SMALL = SegmentSizes(segment_rows=100, fold_rows=50, unfolded_rows=200)


def filled(count: int, sizes: SegmentSizes = SMALL) -> KeyedRows:
    rows = KeyedRows(SCHEMA, sizes)
    for key in range(count):
        rows.put((key,), (key, f"name {key}", 0), 1)
    return rows


def test_a_snapshot_shares_every_chunk_and_column_that_did_not_change() -> None:
    rows = filled(300)
    before = rows.snapshot(1)
    rows.put((150,), (150, "name 150", 7), 2)
    after = rows.snapshot(2)
    pairs = list(zip(before.parts, after.parts, strict=True))
    assert [old.chunk is new.chunk for old, new in pairs] == [True, False, True]
    old, new = pairs[1]
    shared = zip(old.chunk.columns, new.chunk.columns, strict=True)
    assert [one.array is other.array for one, other in shared] == [True, True, False]
    assert rows.snapshot(3).parts[1].chunk is new.chunk


def test_writer_and_readers_do_not_wait_while_another_folds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folds, go_on = threading.Event(), threading.Event()

    def slow(*arguments: Any) -> Any:
        folds.set()
        assert go_on.wait(PATIENCE_S)
        return folded(*arguments)

    rows = filled(300)
    rows.put((1,), (1, "before", 1), 2)
    with ThreadPoolExecutor(2) as threads:
        monkeypatch.setattr(rows_module, "folded", slow)
        reader = threads.submit(rows.snapshot, 1)
        assert folds.wait(PATIENCE_S)
        # The reader folds and does not end before it is let go; neither of these waits for it.
        monkeypatch.setattr(rows_module, "folded", folded)
        writer = threads.submit(rows.put, (2,), (2, "meanwhile", 1), 3)
        assert writer.result(PATIENCE_S) == frozenset({1, 2})
        assert rows.snapshot(2).column(1)[1:3] == ["before", "meanwhile"]
        assert not reader.done()
        go_on.set()
        assert reader.result(PATIENCE_S).column(1)[1:3] == ["before", "name 2"]
    assert rows.snapshot(3).column(1)[1:3] == ["before", "meanwhile"]


def test_a_row_at_rest_is_no_python_object_but_its_key() -> None:
    count = 20_000
    tracemalloc.start()
    try:
        rows = filled(count, SegmentSizes())
        rows.snapshot(1)
        resting_bytes, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(rows) == count
    # The key, its place and their entry in the index weigh 110 bytes, a stamp 8; a tuple of three cells alone would weigh 64 more.
    assert resting_bytes / count < 150
