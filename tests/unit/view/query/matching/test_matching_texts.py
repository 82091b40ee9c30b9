"""Texts, truth values and uuids are found as they are shown, and so is what is chosen from a list."""

from __future__ import annotations

from rtwidget.replica.keys import Cell
from rtwidget.view.query.distinct import distinct
from rtwidget.view.query.view_query import Contains, IsNull, OneOf, StartsWith
from tests.unit.view.query.looking import MOMENTS, NEW_YORK, column, found, numbers


def test_truth_is_found_by_its_mark_and_by_its_word() -> None:
    truths = column([True, False, None], "bool")
    for typed, rows in (("✓", [0]), ("✗", [1]), ("true", [0]), ("fal", [1]), ("x", [])):
        assert found(truths, Contains(typed)) == rows
        assert found(truths, search=typed) == rows
    assert found(truths, OneOf((True, None))) == [0, 2]
    assert found(truths, OneOf(("✗", "maybe"))) == [1]
    assert found(truths, IsNull()) == [2]


def test_texts_are_found_with_what_stands_for_the_invisible() -> None:
    texts = column(["a\nb\tc", "a⏎b", "", "y" * 400, "null", None, "Straße\x07"], "text")
    for typed, rows in (
        ("a⏎b c", [0]),
        ("A⏎B", [0, 1]),
        ("b c", [0]),
        ('""', [2]),
        ("y" * 300 + "…", [3]),
        ("y" * 350, [3]),
        ("NULL", [4, 5]),
        ("e␇", [6]),
    ):
        assert found(texts, Contains(typed)) == rows
        assert found(texts, search=typed) == rows
    assert found(texts, OneOf(("a⏎b c", "y" * 300 + "…"))) == [0, 3]
    assert found(texts, OneOf(("",))) == [2]
    keys = column(["018f6d2a-7c11-7abc-8def-0123456789ab"], "uuid")
    assert found(keys, search="018f6d2a…89ab") == [0]
    assert found(keys, search="8def-0123") == [0]


def test_texts_that_look_the_same_are_found_together_however_they_are_spelled() -> None:
    accent = "cafe\u0301"  # as a Mac names a file: a letter, and an accent that stands on it
    texts = column([accent, "caf\u00e9", f"{accent}\tau\nlait", "cafe", None], "text")
    for typed, rows in (
        ("caf\u00e9", [0, 1, 2]),
        (accent.upper(), [0, 1, 2]),
        ("caf\u00e9 au", [2]),
        (f"{accent} au⏎lait", [2]),
    ):
        assert found(texts, Contains(typed)) == rows
        assert found(texts, StartsWith(typed)) == rows
        assert found(texts, search=typed) == rows
    for typed in ("caf\u00e9", accent):
        assert found(texts, OneOf((typed,))) == [0, 1]


def test_truth_in_json_is_found_by_its_mark() -> None:
    mixed: list[Cell] = [True, False, "true", '{"a":true}', None]
    alike: list[Cell] = [True, False, True, None, None]
    for cells in (mixed, alike):
        documents = column(cells, "jsonb")
        truths = [place for place, cell in enumerate(cells) if cell is True]
        for typed, rows in (("✓", truths), ("✗", [1])):
            assert found(documents, Contains(typed)) == rows
            assert found(documents, OneOf((typed,))) == rows
            assert found(documents, search=typed) == rows


def test_values_are_offered_as_they_are_shown_and_chosen_with_their_counts() -> None:
    for snapshot in (
        MOMENTS,
        column(numbers("1234.567", "1234.571", "1234.5", "7"), "float8", "x"),
        column([1234567, 1234567, 42], "int4"),
        column(["a\nb", "a b", "a b", ""], "text"),
        column(["caf\u00e9", "cafe\u0301", "cafe"], "text"),
        column([True, False, "x", True], "jsonb"),
        column([True, False, True], "bool"),
        column(["018f6d2a-7c11-7abc-8def-0123456789ab"], "uuid"),
    ):
        for value, rows in distinct(snapshot, 1, 50, NEW_YORK):
            assert isinstance(value, str | bool | None)
            assert len(found(snapshot, OneOf((value,)))) == rows, value
    assert distinct(MOMENTS, 1, 1, NEW_YORK) == [("2026-11-01 01:30:00", 2)]
