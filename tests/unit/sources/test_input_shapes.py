"""Shapes of pasted text: the first that fits counts, whatever the case."""

from __future__ import annotations

import re

import pytest

from rtwidget.sources.input_shapes import POSTGRES_URL, QUOTES, Shape, first_shape

SHAPES = (Shape(r"^(\w)b", "one {0}", "first"), Shape(r"b", "other"))


@pytest.mark.parametrize(
    ("text", "hint"), [("ab", "one {0}"), ("AB", "one {0}"), ("xxb", "other"), ("", None)]
)
def test_the_first_that_fits_counts(text: str, hint: str | None) -> None:
    found = first_shape(text, SHAPES)
    assert (found and found[0].hint) == hint


def test_what_its_groups_found_is_told() -> None:
    found = first_shape("Ab", SHAPES)
    assert found is not None
    assert found[1].groups() == ("A",)


@pytest.mark.parametrize(
    "text", ["postgres://h", "postgresql://h", "postgresql+psycopg://h", "postgres+asyncpg://h"]
)
def test_connection_strings_are_known_with_a_driver_and_without(text: str) -> None:
    assert re.match(POSTGRES_URL, text)
    assert not re.match(POSTGRES_URL, f"x{text}")


def test_quotes_of_prose_are_quotes_too() -> None:
    assert all(re.match(f"[{QUOTES}]", quote) for quote in "\"'`\u201c\u201d\u2018\u2019")
