"""A frame holds a window of rows, what changed in them, and the columns until the view has them."""

from __future__ import annotations

from rtwidget.replica.keys import Key
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.cells.kinds import Kind
from rtwidget.view.frames.frame_writer import FrameWriter, column_messages
from rtwidget.view.frames.window import WindowRows
from rtwidget.view.frames.window_changes import ChangedRows
from tests.unit.store.snapshots import snapshot_of
from tests.unit.view.browser_text.drawing import numbers

SCHEMA = Schema((Column("id", "int8"), Column("n", "int8")), ("id",))
KINDS = (Kind.INT, Kind.INT)
NOTHING = ChangedRows()


def window(*numbers: int, schema: Schema = SCHEMA, kinds: tuple[Kind, ...] = KINDS) -> WindowRows:
    keys = tuple([(number,) for number in numbers])
    return WindowRows(schema, kinds, 100, 7, keys, tuple([(n, n * n) for n in numbers]))


def test_the_browser_is_told_of_which_numbers_nobody_knows_the_type() -> None:
    cells = numbers("0.5", "1.25")
    snapshot = snapshot_of({"a": cells, "b": cells, "c": [1, 2]}, {"b": "numeric"})
    told = column_messages(snapshot.schema, snapshot.kinds)
    assert [one["name"] for one in told if one.get("untyped")] == ["a"]


def test_a_frame_holds_its_window_and_says_what_it_answers() -> None:
    frame = FrameWriter("v").frame(window(2, 3), NOTHING, 5, 9, 0)
    columns = column_messages(SCHEMA, KINDS)
    assert frame == {
        "kind": "frame",
        "view": "v",
        "seq": 5,
        "answers": 9,
        "first": 7,
        "total": 100,
        "rows": [["2", "4"], ["3", "9"]],
        "keys": ["2", "3"],
        "changed": [],
        "columns": columns,
    }
    assert [(one["name"], one["kind"], one["key"]) for one in columns] == [
        ("id", "int", True),
        ("n", "int", False),
    ]


def test_what_changed_is_told_by_its_place_in_the_frame() -> None:
    cells: dict[Key, frozenset[int]] = {(3,): frozenset({1, 0}), (99,): frozenset({1})}
    changed = ChangedRows(cells, {(2,), (98,)}, {(1,)})
    frame = FrameWriter("v").frame(window(2, 3, 4), changed, 1, 1, 0)
    assert frame["changed"] == [[1, 0], [1, 1]]
    assert frame["new"] == [0]
    assert frame["gone"] == ["1"]
    quiet = FrameWriter("v").frame(window(2), NOTHING, 1, 1, 0)
    assert not {"new", "gone"} & set(quiet)


def test_columns_travel_until_a_frame_that_had_them_was_painted() -> None:
    writer = FrameWriter("v")

    def travel(seq: int, acked: int, kinds: tuple[Kind, ...] = KINDS) -> bool:
        return "columns" in writer.frame(window(1, kinds=kinds), NOTHING, seq, 1, acked)

    assert travel(1, 0)
    assert travel(2, 0)
    assert travel(3, 1)
    assert not travel(4, 3)
    assert travel(5, 4, (Kind.INT, Kind.NUMERIC))
    assert not travel(6, 5, (Kind.INT, Kind.NUMERIC))
    writer.forget_columns()
    assert travel(7, 6, (Kind.INT, Kind.NUMERIC))


def test_a_request_may_speak_of_the_last_two_frames_and_no_older_one() -> None:
    writer = FrameWriter("v")
    assert writer.keys == {}
    for number in (1, 2, 3):
        writer.frame(window(number), NOTHING, number, 1, 0)
    assert writer.keys == {"2": (2,), "3": (3,)}
