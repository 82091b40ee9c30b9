"""What a trigger function says that it announces, for any names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.sources.postgres.listen.channel import channel_of
from rtwidget.sources.postgres.triggers.trigger_function import (
    FUNCTION_SETTINGS,
    Promise,
    function_body,
    is_kept,
    mark_of,
    promise_of,
)

SETTINGS = tuple(f"{name}={value}" for name, value in FUNCTION_SETTINGS.items())


NAMES = st.text(min_size=1, max_size=20).filter(lambda text: "\0" not in text)


@given(
    schema=NAMES,
    table=NAMES,
    columns=st.lists(NAMES, min_size=1, max_size=3, unique=True),
    by_hand=st.booleans(),
)
def test_a_function_says_what_it_promises_for_any_names(
    schema: str, table: str, columns: list[str], *, by_hand: bool
) -> None:
    promise = Promise(channel_of(schema, table), tuple(columns), by_hand)
    body = function_body(promise)
    assert body.startswith(mark_of(schema, table))
    assert promise_of(body) == promise
    assert is_kept(promise, body + "\n", SETTINGS)
    if "\r" not in body:
        assert is_kept(promise, body.replace("\n", "\r\n") + "\r\n", SETTINGS)
    assert "\n" not in body[1:].partition("\n")[0]


@pytest.mark.parametrize(
    "source", ["", "begin end", "\n-- rtwidget ", "\n-- rtwidget {}\n", "\n-- rtwidget []"]
)
def test_what_is_no_promise(source: str) -> None:
    assert promise_of(source) is None


def test_the_mark_of_one_table_begins_no_function_of_another() -> None:
    body = function_body(Promise(channel_of("public", "orders_2"), ("id",)))
    assert not body.startswith(mark_of("public", "orders"))
