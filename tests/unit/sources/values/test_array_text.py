"""Arrays as PostgreSQL reads them."""

from __future__ import annotations

import pytest

from rtwidget.sources.values.array_text import array_from_json, array_of


def test_every_element_is_quoted() -> None:
    assert array_of([]) == "{}"
    assert array_of(["a", "NULL", ' b,{}"\\']) == '{"a","NULL"," b,{}\\"\\\\"}'


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("[]", "{}"),
        ("[1.50, 12345678901234567890]", '{"1.50","12345678901234567890"}'),
        ('["a", null, true]', '{"a",NULL,true}'),
        ('[["a"], ["b"]]', '{{"a"},{"b"}}'),
        ('[{"k": 1}]', '{"{\\"k\\": \\"1\\"}"}'),
        ('{"k": 1}', '{"k": 1}'),
        ("{1,2}", "{1,2}"),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_json_becomes_an_array_and_anything_else_stays(shown: str, text: str) -> None:
    assert array_from_json(shown) == text
