"""A cell is one line of bounded length in which nothing is invisible."""

from __future__ import annotations

import pyarrow as pa
import pytest

from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.view.browser_text.lines import LONGEST_SHOWN, MARKS, composed, one_line, short_uuid

UUID = "018f6d2a-7c11-7abc-8def-0123456789ab"


def line(text: str) -> str:
    """Return what is drawn of a text beside others, which stay as they are."""
    drawn = one_line(pa.array(["plain", text, None], TEXT)).to_pylist()
    assert (drawn[0], drawn[2]) == ("plain", None)
    found: str = drawn[1]
    return found


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("a\r\nb", "a⏎b"),
        ("a\n\rb", "a⏎⏎b"),
        ("a\u2028b\u2029c", "a⏎b⏎c"),
        ("a\tb", "a b"),
        ("\x00\x1f", "␀␟"),
        ("\x7fx\x9f", "␡x␡"),
        ("\u202ex\u2066", "␡x␡"),
        ("", '""'),
        ("  ", '"  "'),
        ("\u00a0\u3000\ufeff", '"\u00a0\u3000\ufeff"'),
        ("\n", '"⏎"'),
        (" a ", " a "),
    ],
)
def test_nothing_is_invisible(text: str, drawn: str) -> None:
    assert line(text) == drawn


def test_a_long_text_ends_in_a_sign_that_there_is_more() -> None:
    assert line("ü" * LONGEST_SHOWN) == "ü" * LONGEST_SHOWN
    assert line("ü" * (LONGEST_SHOWN + 1)) == "ü" * LONGEST_SHOWN + "…"


def test_every_sign_that_stands_for_something_else_is_a_mark() -> None:
    made = {mark for code in range(0x20) for mark in line(f"x{chr(code)}")} | set(line("\x7f…"))
    assert made - {"x"} <= MARKS
    assert "␟" in MARKS


def test_what_looks_the_same_has_one_spelling() -> None:
    spelled = pa.array(["cafe\u0301", "caf\u00e9", "cafe", None], TEXT)
    assert composed(spelled).to_pylist() == ["caf\u00e9", "caf\u00e9", "cafe", None]


def test_uuids_are_drawn_by_their_two_ends_and_nothing_else_is() -> None:
    others = [UUID[:-1], UUID[1:], UUID + "0", UUID.replace("-", ""), "g" + UUID[1:], "", None]
    drawn = short_uuid(pa.array([UUID, UUID.upper(), *others], TEXT)).to_pylist()
    assert drawn == ["018f6d2a…89ab", "018F6D2A…89AB", *others]
