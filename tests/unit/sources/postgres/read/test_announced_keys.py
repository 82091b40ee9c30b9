"""Reads of keys that notifications named: a forged key costs its neighbours a few reads and no row."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.abc import Answer, Page
from rtwidget.errors import SourceError, UnreachableError
from rtwidget.replica.keys import Key
from rtwidget.sources.postgres.read.announced_keys import read_named

BAD_VALUE = SourceError("invalid input syntax", "", code="22P02")


class Asked:
    """As much of a query as is asked for: its statements are the keys themselves."""

    def keys(self, keys: list[Key]) -> list[Key]:
        return keys

    def cast(self, key: Key) -> Key:
        return key


class Table:
    """A table of whole numbers as its reader: keys that are none are refused, and `broken` ones fail in the row."""

    def __init__(self, *broken: Key) -> None:
        self.broken = broken
        self.read: list[list[Key]] = []
        self.columns: tuple[str, ...] = ("id",)

    async def page(self, keys: list[Key]) -> Page:
        self.read.append(keys)
        if any(not isinstance(key[0], int) or key in self.broken for key in keys):
            raise BAD_VALUE
        return Page(self.columns, list(keys), 10, size_bytes=20)

    async def value(self, key: Key) -> None:
        if not isinstance(key[0], int):
            raise BAD_VALUE


async def named(table: Any, *keys: Key) -> Answer:
    query: Any = Asked()
    return await read_named(table, query, list(keys))


async def test_no_key_is_no_read() -> None:
    table = Table()
    assert await named(table) == Answer((), (), whole=True)
    assert table.read == []


async def test_good_keys_are_one_read_and_nothing_caps_it() -> None:
    table = Table()
    answer = await named(table, (1,), (2,))
    assert answer == Answer(("id",), [(1,), (2,)], 10, whole=True, size_bytes=20)
    assert len(table.read) == 1


async def test_a_forged_key_names_no_row_and_costs_its_neighbours_none() -> None:
    table = Table()
    keys: list[Key] = [(1,), (2,), ("forged",), (4,), (5,)]
    answer = await named(table, *keys)
    assert answer == Answer(("id",), [(1,), (2,), (4,), (5,)], 20, whole=True, size_bytes=40)
    assert [len(keys) for keys in table.read] == [5, 2, 3, 1, 2]


async def test_forged_keys_alone_are_whole_and_empty() -> None:
    assert await named(Table(), ("a",), ("b",)) == Answer((), [], whole=True)


async def test_a_row_that_cannot_be_read_is_no_fault_of_its_key() -> None:
    with pytest.raises(SourceError, match="invalid input syntax"):
        await named(Table((2,)), (1,), (2,))


async def test_any_other_failure_is_not_halved() -> None:
    class Gone(Table):
        async def page(self, keys: list[Key]) -> Page:
            self.read.append(keys)
            raise UnreachableError("gone")

    table = Gone()
    with pytest.raises(UnreachableError):
        await named(table, (1,), (2,))
    assert len(table.read) == 1


async def test_halves_of_a_table_that_was_altered_between_them_are_not_whole() -> None:
    class Altered(Table):
        async def page(self, keys: list[Key]) -> Page:
            page = await super().page(keys)
            self.columns = ("id", "new")
            return page

    answer = await named(Altered(), (1,), ("forged",), (3,), (4,))
    assert (answer.columns, answer.rows, answer.whole) == (("id", "new"), [(3,), (4,)], False)
    assert answer.wire_bytes == 20
