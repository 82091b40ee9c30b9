"""The names that a table and its listeners agree on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rtwidget.sources.postgres.listen.channel import (
    NAME_BYTES,
    channel_of,
    function_of,
    trigger_of,
)

NAMES = st.text(min_size=1, max_size=63)


def test_short_names_can_be_read() -> None:
    assert channel_of("public", "orders") == "rtwidget:public.orders"
    assert channel_of("public", "My Orders") == 'rtwidget:public."My Orders"'
    assert function_of("public", "orders") == "rtwidget_notify_orders"


@given(NAMES, NAMES, NAMES, NAMES)
def test_each_table_has_its_own_channel_within_the_limit(
    schema: str, table: str, other_schema: str, other_table: str
) -> None:
    channel = channel_of(schema, table)
    assert len(channel.encode()) <= NAME_BYTES
    assert len(function_of(schema, table).encode()) <= NAME_BYTES
    same = (schema, table) == (other_schema, other_table)
    assert (channel == channel_of(other_schema, other_table)) == same


def test_a_dot_in_a_name_makes_another_channel() -> None:
    assert channel_of("a.b", "c") != channel_of("a", "b.c")
    assert channel_of('a"', "c") != channel_of('a""', "c")


def test_triggers_have_names_for_whom_they_are() -> None:
    assert trigger_of("insert", "public", "t", ("public", "t")) == "rtwidget_insert"
    whole = trigger_of("truncate", "public", "t" * 63, ("public", "t_1"))
    assert len(whole) <= 63
    assert whole != trigger_of("truncate", "other", "t" * 63, ("public", "t_1"))
