"""The first rows as HTML: as of when, never more than 64 kB, and never markup of values."""

from __future__ import annotations

import re

import pytest

from rtwidget.replica.keys import NumberText, Row
from rtwidget.widget.picture.static_table import MOST_BYTES, About, static_table
from tests.unit.widget.picture.people import COLUMNS, NOON, TEXT, picture


def test_a_picture_says_what_of_when_and_in_which_state() -> None:
    html = picture([(1, "Ada", NumberText("1.10")), (2, None, None)], 1234)
    assert "<b>people</b>: the first 2 of 1,234 rows, as of 2026-11-22 12:00:00 UTC (live)" in html
    assert "This is a saved picture, taken at 2026-11-22 12:01:00 UTC; run the cell" in html
    assert '<td align="right">1.10</td>' in html
    assert "<td><i>null</i></td>" in html
    early = static_table(About("t", 0, "loading", NOON, None), COLUMNS, [])
    assert "0 rows, as of 2026-11-22 12:00:00 UTC, not yet verified (loading)" in early


def test_values_are_text_whatever_they_hold() -> None:
    attack = "<script>alert(1)</script>\"'&"
    html = static_table(
        About(attack, 2, "live", NOON, NOON), [(attack, TEXT)], [(attack,), ("\ud800",)]
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;") == 3
    html.encode()


def test_no_value_is_taken_for_a_formula_or_ends_the_markup() -> None:
    text, name = "raise $5 to $10\n\n    # and\u202e more\r\n\t\x00\x85", "a\n\nb"
    html = static_table(About(name, 1, "live", NOON, NOON), [(name, TEXT)], [(text,)])
    # Markdown ends HTML at an empty line, and MathJax reads whatever is not told apart.
    assert "\n" not in html
    assert "<td>raise $5 to $10⏎⏎    # and␡ more⏎ ␀␡</td>" in html
    assert "<th>a⏎⏎b</th>" in html
    outer = re.findall("<(?:p|table)[^>]*>", html)
    assert outer == [f'<{tag} class="tex2jax_ignore mathjax_ignore">' for tag in ("p", "table")]


@pytest.mark.parametrize("width", [3, 100_000])
def test_a_picture_is_never_larger_than_64_kb(width: int) -> None:
    columns = [(f"column {number}", TEXT) for number in range(width)]
    rows: list[Row] = [("ü" * 1_000,) * width] * 100
    html = static_table(About("wide", 100, "live", NOON, NOON), columns, rows)
    assert len(html.encode()) <= MOST_BYTES
    assert "rows, as of" in html
