"""Keys: how rows are named, and how much of a request they take."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica.keys import Cell, JsonText, Key, NumberText, encoded_bytes, key_of


def test_a_key_holds_its_columns_in_the_order_of_the_key() -> None:
    row: tuple[Cell, ...] = ("eu", "x", 7)
    assert key_of(row, (2, 0)) == (7, "eu")
    assert key_of(row, (2,)) == (7,)


@given(st.tuples(st.integers(-(2**63), 2**63 - 1)) | st.tuples(st.uuids().map(str), st.booleans()))
def test_the_size_of_a_key_of_plain_characters_is_not_underestimated(key: Key) -> None:
    assert encoded_bytes(key) >= len(",".join(quote(str(part)) for part in key))


def test_the_size_of_a_key_counts_bytes_not_characters() -> None:
    assert encoded_bytes(("é",)) > encoded_bytes(("e",))
    assert encoded_bytes((12, "ab")) == encoded_bytes((12,)) + encoded_bytes(("ab",))


def test_marked_texts_keep_what_the_database_wrote() -> None:
    assert NumberText("1.10") == "1.10"
    assert JsonText('{"a": 1}') == '{"a": 1}'
    assert len({type(text) for text in ("1", NumberText("1"), JsonText("1"))}) == 3
