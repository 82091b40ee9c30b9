"""A filter is offered the most frequent values of a column, as the browser gets cells."""

from __future__ import annotations

from rtwidget.replica.keys import Cell
from rtwidget.view.messages.cell_texts import MOST_TEXT
from rtwidget.view.query.frequent_values import MOST_OFFERED, frequent_values
from tests.unit.view.query.looking import MOMENTS, NEW_YORK, column


def test_no_more_values_are_offered_than_somebody_reads() -> None:
    many: list[Cell] = [f"{number:03}" for number in range(MOST_OFFERED + 1)]
    offered = frequent_values(column([*many, "050"], "text"), "c")
    assert offered[0] == ("050", 2)
    assert len(offered) == MOST_OFFERED


def test_a_column_that_is_not_there_has_no_values() -> None:
    assert frequent_values(MOMENTS, "nope") == []


def test_values_travel_as_cells_do_and_stand_there_as_the_reader_sees_them() -> None:
    assert frequent_values(column([True, None, True], "bool"), "c") == [(True, 2), (None, 1)]
    assert frequent_values(column([1234567], "int8"), "c") == [("1,234,567", 1)]
    # What names something is drawn as it is, and travels as text all the same.
    assert frequent_values(column([1234567], "int8", "user_id"), "user_id") == [("1234567", 1)]
    assert frequent_values(MOMENTS, "c", NEW_YORK)[0] == ("2026-11-01 01:30:00", 2)
    [(text, _)] = frequent_values(column(["x" * 5_000], "json"), "c")
    assert isinstance(text, str)
    assert len(text) <= MOST_TEXT
