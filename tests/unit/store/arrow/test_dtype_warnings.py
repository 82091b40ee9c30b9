"""What is said of a column that comes in another type, and to whom."""

from __future__ import annotations

import warnings
from types import FunctionType

from rtwidget.errors import ColumnTypeWarning
from rtwidget.store.arrow import dtype_warnings


def test_the_warning_points_to_the_first_caller_outside_of_the_package() -> None:
    # A function as the package has them, so that this test stands two frames outside of `warn`.
    inner = FunctionType(
        compile("warn('c', 'said')", "inside.py", "exec"),
        {"warn": dtype_warnings.warn, "__name__": "rtwidget.inside"},
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        inner()
    (warning,) = caught
    assert warning.filename == __file__
    assert warning.category is ColumnTypeWarning


def test_a_sentence_names_the_column_the_value_and_what_to_write() -> None:
    said = dtype_warnings.unfit('a "b"', "x" * 100, "int64", "text")
    assert "Column 'a \"b\"' holds" in said
    assert "x" * 38 + "…" in said
    assert "x" * 39 not in said
    assert r'`types={"a \"b\"": "float8"}`' in dtype_warnings.inexact('a "b"', "Decimals")
    assert "holds True and 'a'" in dtype_warnings.mixed("c", (True, "a"), "objects")
    assert '`types={"c": "numeric"}`' in dtype_warnings.too_great("c", "Decimals")
