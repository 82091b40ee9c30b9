"""Cells, keys and the status as the browser gets them."""

from __future__ import annotations

import pytest

from rtwidget.replica.keys import Cell, JsonText, Key, NumberText
from rtwidget.store.cells.kinds import Kind
from rtwidget.view.messages.cell_texts import MOST_TEXT, decode_key, encode, encode_key, encode_rows


@pytest.mark.parametrize(
    ("cell", "sent"),
    [
        (None, None),
        (True, True),
        (False, False),
        (2**63 - 1, "9223372036854775807"),
        (NumberText("1.10"), "1.10"),
        ("", ""),
        ("NaN", "NaN"),
        (JsonText('{"a": [1]}'), '{"a": [1]}'),
    ],
)
def test_every_digit_travels_as_text(cell: Cell, sent: object) -> None:
    assert encode(cell) == sent
    assert encode_rows([(cell, cell)]) == [[sent, sent]]


def test_long_text_is_cut_and_says_so() -> None:
    assert encode("x" * MOST_TEXT) == "x" * MOST_TEXT
    cut = encode("x" * (MOST_TEXT + 1))
    assert isinstance(cut, str)
    assert len(cut) == MOST_TEXT
    assert cut.endswith("x…")


def test_keys_of_several_columns_never_collide() -> None:
    keys = [("a", "b,c"), ("a,b", "c"), ("a', 'b", "c"), ("a", "b", "c"), ("", "a"), ("a", "")]
    assert len({encode_key(key) for key in keys}) == len(keys)
    assert encode_key((7,)) == "7"


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ((7,), [Kind.INT]),
        ((-(2**63),), [Kind.INT]),
        (("",), [Kind.TEXT]),
        (("a', 'b",), [Kind.TEXT]),
        ((True,), [Kind.BOOL]),
        ((NumberText("1.10"),), [Kind.NUMERIC]),
        (("a,b", 5, "c'd"), [Kind.TEXT, Kind.INT, Kind.TEXT]),
        (("2026-11-22", "\u2028\\"), [Kind.DATE, Kind.TEXT]),
    ],
)
def test_a_key_comes_back_as_it_went(key: Key, kinds: list[Kind]) -> None:
    assert decode_key(encode_key(key), kinds) == key


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("x", [Kind.INT]),
        ("1.5", [Kind.INT]),
        ("²", [Kind.INT]),
        ("yes", [Kind.BOOL]),
        ("a", [Kind.TEXT, Kind.TEXT]),
        ("('a',)", [Kind.TEXT, Kind.TEXT]),
        ("(1, 2)", [Kind.TEXT, Kind.TEXT]),
        ("('a', 'b')", [Kind.TEXT, Kind.INT]),
        ("__import__('os')", [Kind.TEXT, Kind.TEXT]),
        ("(" * 5000, [Kind.TEXT, Kind.TEXT]),
    ],
)
def test_what_is_no_key_is_none(text: str, kinds: list[Kind]) -> None:
    assert decode_key(text, kinds) is None
