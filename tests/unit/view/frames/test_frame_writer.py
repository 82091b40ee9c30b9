"""A frame holds a window of rows, what changed in them, and the columns until the view has them."""

from __future__ import annotations

from rtwidget.view.frames.frame_writer import column_messages
from tests.unit.store.snapshots import snapshot_of
from tests.unit.view.displayed.drawing import numbers


def test_the_browser_is_told_of_which_numbers_nobody_knows_the_type() -> None:
    cells = numbers("0.5", "1.25")
    snapshot = snapshot_of({"a": cells, "b": cells, "c": [1, 2]}, {"b": "numeric"})
    told = column_messages(snapshot.schema, snapshot.kinds)
    assert [one["name"] for one in told if one.get("untyped")] == ["a"]
