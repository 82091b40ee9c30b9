"""Rows decoded by their columns are the rows that are decoded value by value, whatever the values are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rtwidget.errors import SourceError
from rtwidget.sources.supabase.rest.row_decoder import RowDecoder
from rtwidget.sources.values.json_cells import decode_rows

_LITERALS = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-0.0",
    "7",
    "-7",
    "9007199254740993",
    "123456789012345678901234567890",
    "9" * 4300,
    "-" + "9" * 4300,
    "9" * 4301,
    "1.10",
    "1e400",
    "1E5",
    '""',
    '"text"',
    '"-0 "',
    '"\\u00e9\\n"',
    "{}",
    '{"a": 1.50}',
    '{"a":\n 1.50}',
    '["a", null]',
    '[{"b": -0}]',
]
_CELLS = st.sampled_from(_LITERALS)
_ROWS = st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=4)
_NAMES = st.sampled_from(
    [
        ("id", "class", "my column"),
        ("id", "class", "other"),
        ("my column", "id", "class"),
        ("id", '\\"x\\"', "a\\\\b"),
        ("id", "", "%"),
    ]
)


def body_of(names: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    objects = [
        "{" + ",".join(f'"{name}":{cell}' for name, cell in zip(names, row, strict=True)) + "}"
        for row in rows
    ]
    return ("[" + ", \n ".join(objects) + "]").encode()


@given(answers=st.lists(st.tuples(_NAMES, _ROWS), min_size=1, max_size=6))
def test_known_columns_change_no_cell(
    answers: list[tuple[tuple[str, ...], list[tuple[str, ...]]]],
) -> None:
    decoder = RowDecoder(learn_bytes=0)
    for names, rows in answers:
        body = body_of(names, rows)
        exact_names, exact = decode_rows(body)
        found_names, found = decoder.rows(body)
        assert found == exact
        assert found_names == exact_names
        assert [list(map(type, row)) for row in found] == [list(map(type, row)) for row in exact]


@given(st.sampled_from([b"", b"<html>", b'{"id":1}', b"[1]", b'[{"id":1},{"no":2}]', b"\xff"]))
def test_what_is_no_list_of_rows_is_refused_also_when_columns_are_known(body: bytes) -> None:
    decoder = RowDecoder(learn_bytes=0)
    decoder.rows(b'[{"id":1}]')
    try:
        decoder.rows(body)
    except SourceError:
        return
    raise AssertionError("It was accepted.")
