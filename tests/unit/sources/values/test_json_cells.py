"""Cells: every digit stays, nested values keep their text."""

from __future__ import annotations

import pytest

from rtwidget.errors import SourceError
from rtwidget.replica.keys import JsonText, NumberText
from rtwidget.sources.values.json_cells import cell_of, decode_rows


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        (b"null", type(None), None),
        (b"true", bool, True),
        (b"false", bool, False),
        (b"9007199254740993", int, 9007199254740993),
        (b"-5", int, -5),
        (b"-0", NumberText, "-0"),
        (b"1.10", NumberText, "1.10"),
        (b"1e+300", NumberText, "1e+300"),
        (b"12345678901234567890.12345", NumberText, "12345678901234567890.12345"),
        (b"9" * 5000, NumberText, "9" * 5000),
        (b'"NaN"', str, "NaN"),
        (b'"a\\n\\u00e9"', str, "a\né"),
        (b'"\\ud800"', JsonText, '"\\ud800"'),
        (b'{"a": 1.50}', JsonText, '{"a": 1.50}'),
        (b'{"a":\n 1.50}', JsonText, '{"a":1.50}'),
        (b'["a", null]', JsonText, '["a", null]'),
    ],
)
def test_a_value_keeps_what_the_database_wrote(raw: bytes, kind: type, value: object) -> None:
    cell = cell_of(raw)
    assert type(cell) is kind
    assert cell == value


def test_rows_come_in_the_order_of_their_columns() -> None:
    body = b'[{"id":1,"amount":1.10}, \n {"id":2,"amount":null}]'
    assert decode_rows(body) == (("id", "amount"), [(1, NumberText("1.10")), (2, None)])
    assert decode_rows(b"[]") == ((), [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"id":1}',
        b"[1]",
        b'[{"id":1},{"no":2}]',
        b"\xff",
        b'[{"a":' + b"[" * 100_000,
    ],
)
def test_an_answer_that_is_no_list_of_rows_is_a_typed_error(body: bytes) -> None:
    with pytest.raises(SourceError):
        decode_rows(body)
