"""Rows of a paused or closed table."""

from __future__ import annotations

from rtwidget.store.kept_rows import KeptRows
from tests.unit.store.snapshots import snapshot_of


def test_kept_rows_have_the_kinds_of_their_snapshot() -> None:
    snapshot = snapshot_of({"a": ["x", None], "n": [1, 2]})
    assert KeptRows(snapshot).kinds == snapshot.kinds
