"""What sort of values a column holds, told by its type or by what was seen."""

from __future__ import annotations

import pytest

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.replica.schema import Column
from rtwidget.store.cells.kinds import Kind, Kinds

UUID = "123e4567-e89b-12d3-a456-426614174000"
ARRAY, OBJECT = JsonText("[1, 2]"), JsonText('{"a": 1}')
FRACTION = NumberText("1.50")


def inferred(*cells: Cell, type_name: str | None = None) -> Kind:
    kinds = Kinds([Column("c", type_name)])
    for cell in cells:
        kinds.observe((cell,))
    return kinds.now()[0]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([True, None, False], Kind.BOOL),
        ([1, None, 2**80], Kind.INT),
        ([FRACTION], Kind.NUMERIC),
        ([1, FRACTION], Kind.NUMERIC),
        ([1, "NaN"], Kind.NUMERIC),
        ([FRACTION, "Infinity", "-Infinity"], Kind.NUMERIC),
        ([UUID], Kind.UUID),
        (["2024-02-29"], Kind.DATE),
        (["2024-02-29T10:00:00"], Kind.TIMESTAMP),
        (["2024-02-29T10:00:00.123456+00:00"], Kind.TIMESTAMPTZ),
        (["2024-02-29T10:00:00+05:30:15"], Kind.TIMESTAMPTZ),
        ([ARRAY, None], Kind.ARRAY),
        ([OBJECT], Kind.JSON),
        (["hello"], Kind.TEXT),
    ],
)
def test_one_shape_of_values_tells_the_kind(cells: list[Cell], kind: Kind) -> None:
    assert inferred(*cells) is kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([True, 1], Kind.TEXT),
        ([1, "one"], Kind.TEXT),
        ([FRACTION, UUID], Kind.TEXT),
        ([UUID, UUID.upper()], Kind.TEXT),
        (["2024-02-29", "2024-02-29T10:00:00"], Kind.TEXT),
        (["2024-02-29T10:00:00", "2024-02-29T10:00:00+00:00"], Kind.TEXT),
        (["2024-02-29", "tomorrow"], Kind.TEXT),
        ([ARRAY, OBJECT], Kind.JSON),
        ([OBJECT, 5, "text", True], Kind.JSON),
    ],
)
def test_mixed_shapes_widen_to_what_holds_them_all(cells: list[Cell], kind: Kind) -> None:
    assert inferred(*cells) is kind
    assert inferred(*reversed(cells)) is kind


@pytest.mark.parametrize(
    "text", ["", "NaN", "1", "1.5", "2024-2-9", "2024-02-29 10:00", f"{UUID}0", "2024-02-29T10:00Z"]
)
def test_texts_that_only_resemble_something_are_text(text: str) -> None:
    assert inferred(text) is Kind.TEXT


def test_nothing_seen_is_text() -> None:
    assert inferred() is Kind.TEXT
    assert inferred(None, None) is Kind.TEXT


@pytest.mark.parametrize(
    ("type_name", "kind"),
    [
        ("int2", Kind.INT),
        ("oid", Kind.INT),
        ("float4", Kind.FLOAT),
        ("numeric", Kind.NUMERIC),
        ("jsonb", Kind.JSON),
        ("timetz", Kind.TIME),
        ("_int4", Kind.ARRAY),
        ("_text", Kind.ARRAY),
        ("an_enum", Kind.TEXT),
    ],
)
def test_a_declared_type_holds_whatever_is_seen(type_name: str, kind: Kind) -> None:
    assert inferred("2024-02-29", 1, OBJECT, type_name=type_name) is kind


def test_only_the_changed_columns_of_a_row_are_looked_at() -> None:
    kinds = Kinds([Column("a"), Column("b")])
    kinds.observe((1, 1))
    kinds.observe(("one", "one"), [0])
    assert kinds.now() == (Kind.TEXT, Kind.INT)
