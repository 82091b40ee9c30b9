"""The table in memory beside the contract of sources: what it refuses, how it orders keys, what it announces."""

from __future__ import annotations

import pytest

from rtwidget.abc import Column, Live, Notification, Schema
from rtwidget.errors import ArgumentError, ConnectionLostError
from rtwidget.replica.keys import Key
from rtwidget.sources.memory import MemorySource, MemoryTable
from rtwidget.sources.query.checked_query import checked_query


def table(*keys: int | str) -> MemoryTable:
    made = MemoryTable(Schema((Column("text"), Column("id")), ("id",)), "notes")
    made.put(*((f"row {key}", key) for key in keys))
    return made


def keys_of(rows: object) -> list[Key]:
    assert isinstance(rows, list)
    return [(row[1],) for row in rows]


@pytest.mark.parametrize(
    "asked",
    [
        {"limit": 1},
        {"filter": "id=eq.1"},
        {"columns": ["id"]},
        {"primary_key": "id"},
        {"types": {"id": "int8"}},
        {"version": "id"},
    ],
)
def test_whatever_it_cannot_do_is_refused_by_name(asked: dict[str, object]) -> None:
    (name,) = asked
    with pytest.raises(ArgumentError, match=f"'notes' in memory .* without {name}=") as caught:
        table().request_for(checked_query("notes", **asked))  # type: ignore[arg-type]
    assert caught.value.hint


async def test_an_order_without_a_limit_is_the_views_own() -> None:
    request = table().request_for(checked_query("notes", order_by="id.desc"))
    assert request.title == "notes"


async def test_requests_for_the_same_table_share_a_feed_and_others_do_not() -> None:
    one, query = table(), checked_query("notes")
    first = await one.request_for(query).resolve()
    assert (await one.request_for(query).resolve()).feed_key == first.feed_key
    other = table()
    assert (await other.request_for(query).resolve()).feed_key != first.feed_key


async def test_keys_come_in_the_order_of_their_values() -> None:
    source = MemorySource(table(10, 9, 100, 1))
    page = await source.read_page(None, None, 10)
    assert keys_of(page.rows) == [(1,), (9,), (10,), (100,)]
    assert (await source.last_key(), await source.next_key((9,), None)) == ((100,), (10,))


async def test_a_page_is_open_at_its_beginning_and_closed_at_its_end() -> None:
    source = MemorySource(table(1, 2, 3, 4))
    assert keys_of((await source.read_page((1,), (3,), 10)).rows) == [(2,), (3,)]
    assert keys_of((await source.read_page((1,), (3,), 1)).rows) == [(2,)]
    assert await source.next_key((3,), (3,)) is None


async def test_parts_of_an_empty_table_have_no_bounds() -> None:
    assert await MemorySource(table()).key_bounds(4) == []
    assert await MemorySource(table(1, 2, 3, 4)).key_bounds(2) == [(3,)]


async def test_changes_are_announced_and_a_truncate_is_not() -> None:
    one = table(1)
    stream = MemorySource(one).notifications()
    assert await anext(stream) == Live(ends_with_connection=True)
    one.truncate()
    one.put(("new", 2))
    one.delete((2,), (7,))
    assert await anext(stream) == Notification(((2,),))
    assert await anext(stream) == Notification(((2,), (7,)))
    assert one.rows == {}
    one.break_streams(ConnectionLostError("It broke."))
    with pytest.raises(ConnectionLostError):
        await anext(stream)
    assert one.streams == set()
