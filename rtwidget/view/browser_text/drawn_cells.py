"""Stored cells as the browser draws them, a function for each manner: columns to arrays of text, for any thread."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.store.cells.typed_arrays import TEXT, typed_array
from rtwidget.view.browser_text.digits import grouped
from rtwidget.view.browser_text.lines import composed, one_line, short_uuid
from rtwidget.view.browser_text.number_format import formatted


def database_text(stored: StoredColumn) -> pa.Array:
    """Return what the database wrote, null for null."""
    return typed_array(stored, TEXT)


def formatted_numbers(stored: StoredColumn, format_: str) -> pa.Array:
    """Return numbers as `formats=` asks for them."""
    return formatted(_texts(stored), format_)


def grouped_numbers(stored: StoredColumn) -> pa.Array:
    """Return numbers with separators between thousands."""
    return grouped(_texts(stored))


def ticks(stored: StoredColumn) -> pa.Array:
    """Return truth values as marks."""
    # A column that is not all truth values has texts, of which these two are drawn so.
    texts = _texts(stored)
    return _with_ticks(texts, texts)


def short_uuids(stored: StoredColumn) -> pa.Array:
    """Return uuids by their two ends."""
    return short_uuid(_texts(stored))


def composed_texts(stored: StoredColumn) -> pa.Array:
    """Return texts with each accent in one character with its letter."""
    return composed(_ticked_texts(stored))


def spaced_texts(stored: StoredColumn) -> pa.Array:
    """Return texts with a space for each tab."""
    return pc.replace_substring(_texts(stored), "\t", " ")


def text_lines(stored: StoredColumn) -> pa.Array:
    """Return texts as they are drawn: one line, in which nothing is invisible."""
    return composed(one_line(_ticked_texts(stored)))


def _texts(stored: StoredColumn) -> pa.Array:
    # Without null, a mask of each step can be used as it is; `ShownColumn.drawn` takes these cells out again.
    return pc.fill_null(database_text(stored), "")


def _ticked_texts(stored: StoredColumn) -> pa.Array:
    """Return texts in which truth values, such as JSON has, are marks; the word alone tells nothing of which it is."""
    texts = _texts(stored)
    if stored.encoding not in (Encoding.BOOL, Encoding.MIXED):
        return texts
    return _with_ticks(pc.fill_null(pc.cast(stored.array, TEXT), ""), texts)


def _with_ticks(words: pa.Array, texts: pa.Array) -> pa.Array:
    is_true, is_false = pc.equal(words, "true"), pc.equal(words, "false")
    return pc.if_else(is_true, "✓", pc.if_else(is_false, "✗", texts))
