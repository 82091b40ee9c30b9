"""Parts of keys in the index of `t.df`, and back."""

from __future__ import annotations

import pytest

from rtwidget.store.cells.kinds import Kind
from rtwidget.store.dataframes.index_values import in_level, index_value, key_part
from tests.unit.store.snapshots import number


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("2024-02-29", Kind.DATE),
        ("infinity", Kind.DATE),
        ("2024-02-29T10:00:00.25", Kind.TIMESTAMP),
        ("2024-02-29T10:00:00+00:00", Kind.TIMESTAMPTZ),
        ("0044-03-15T10:00:00+00:00 BC", Kind.TIMESTAMPTZ),
        (number("1.5"), Kind.FLOAT),
        (number("0.12345678901234567890"), Kind.NUMERIC),
        (7, Kind.INT),
        ("a", Kind.TEXT),
    ],
)
def test_a_key_comes_back_from_the_index(cell: object, kind: Kind) -> None:
    assert key_part(index_value(cell, kind, "float"), kind) == cell  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["[1,[2,3]]", '["a,b",null,"\\u00e9é"]', "[]", "no array"])
def test_an_array_beside_other_parts_of_a_key_comes_back(text: str) -> None:
    found = in_level(index_value(text, Kind.ARRAY, "float"), Kind.ARRAY)
    assert isinstance(found, tuple) is text.startswith("[")
    again = key_part(found, Kind.ARRAY)
    assert again == text.replace("\\u00e9", "é")


def test_a_whole_key_keeps_every_digit_whatever_its_kind() -> None:
    for kind in (Kind.INT, Kind.NUMERIC):
        assert key_part(2**53 + 1, kind) == 2**53 + 1


@pytest.mark.parametrize(
    ("cell", "value"), [("4294967295", 4294967295), ("-1", -1), ("1.5", 1.5), ("a", "a"), (7, 7)]
)
def test_a_whole_number_that_a_server_writes_as_text_is_one_in_the_index(
    cell: str | int, value: object
) -> None:
    found = index_value(cell, Kind.INT, "float")
    assert (found, type(found)) == (value, type(value))
