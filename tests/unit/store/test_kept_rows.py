"""Rows of a paused or closed table."""

from __future__ import annotations

from rtwidget.store.kept_rows import KeptRows
from tests.unit.store.snapshots import snapshot_of


def test_kept_rows_have_the_kinds_of_their_snapshot() -> None:
    snapshot = snapshot_of({"a": ["x", None], "n": [1, 2]})
    assert KeptRows(snapshot).kinds == snapshot.kinds


def test_kept_rows_are_found_by_their_keys() -> None:
    snapshot = snapshot_of({"a": ["x", None, "z"], "b": [1, 2, 2]}, key=("a", "b"))
    kept = KeptRows(snapshot)
    assert kept.row(("z", 2)) == ("z", 2)
    assert kept.row((None, 2)) is None
    assert kept.row(("x", 2)) is None
    # A cell that the column's encoding cannot hold is in no row.
    assert kept.row(("x", "one")) is None
    assert kept.slot_of(snapshot, ("x", 1)) == 0


def test_slots_of_another_snapshot_are_not_looked_up() -> None:
    snapshot, other = (snapshot_of({"a": ["x", "y"]}) for _ in range(2))
    kept = KeptRows(snapshot)
    assert kept.rows_at(snapshot, [1, 0]) == [(1, "y"), (0, "x")]
    assert kept.rows_at(other, [1, 0]) is None
