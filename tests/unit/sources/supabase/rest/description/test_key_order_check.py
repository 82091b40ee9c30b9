"""Keys in doubt are looked behind where pages join, and a server that orders otherwise than it compares is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import pytest

from rtwidget.abc import Page
from rtwidget.errors import ErrorKind, SourceError, UnreachableError
from rtwidget.replica.keys import Cell, Key, Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.supabase.rest.description.key_order_check import Joins
from rtwidget.sources.supabase.rest.query import Query


class Asking:
    """Queries in words that `Server` reads."""

    table, key = "people", ("name",)

    def greatest_until(self, key: Key) -> str:
        return f"until {key[0]}"

    def least_after(self, key: Key) -> str:
        return f"after {key[0]}"

    def in_order(self, keys: Sequence[Key]) -> str:
        return " ".join(["order", *(str(key[0]) for key in keys)])


class Server:
    """Names in the order of the server, which compares them in its own way."""

    def __init__(self, names: str, compared_by: Callable[[str], str] = str) -> None:
        self.names, self.by = names.split(), compared_by
        self.asked: list[str] = []

    async def read(self, query: str) -> list[Row]:
        self.asked.append(query)
        word, *given = query.split()
        found = [name for name in self.names if name in given]
        if word == "until":
            found = [name for name in self.names if self.by(name) <= self.by(given[0])][-1:]
        elif word == "after":
            found = [name for name in self.names if self.by(name) > self.by(given[0])][:1]
        return [(name,) for name in found]


def joins(server: Server, type_name: str | None = "citext") -> Joins:
    schema = Schema((Column("name", type_name),), ("name",))
    return Joins(cast("Query", Asking()), schema, server.read)


async def page(*names: Cell) -> Page:
    return Page(("name",), [(name,) for name in names])


async def test_pages_of_a_server_that_compares_as_it_orders_are_returned() -> None:
    server = Server("a B c", compared_by=str.lower)
    checked = joins(server)
    assert (await checked.read(page("a"), None, ("c",))).rows == [("a",)]
    assert (await checked.read(page("B", "c"), ("a",), ("c",))).rows == [("B",), ("c",)]
    assert (await checked.read(page(), ("c",), ("c",))).rows == []
    assert server.asked == ["until a", "after c"]


@pytest.mark.parametrize(
    ("part", "type_name"),
    [(7, None), ("01890a5d-ac96-774b-bcce-b302099a8057", None), ("a", "text"), ("a", "varchar")],
)
async def test_keys_of_built_in_types_cost_no_read(part: Cell, type_name: str | None) -> None:
    server = Server("a")
    checked = joins(server, type_name)
    await checked.read(page("b"), (part,), ("c",))
    await checked.read(page(), (part,), (part,))
    assert server.asked == []


async def test_a_table_of_one_page_was_read_without_any_comparison() -> None:
    server = Server("a B", compared_by=str)
    checked = joins(server)
    await checked.read(page("a", "B"), None, ("B",))
    await checked.read(page(), ("B",), ("B",))
    assert server.asked == []


async def test_rows_that_compare_as_less_than_the_key_before_them_are_missed() -> None:
    with pytest.raises(SourceError, match=r"key \(name\).*people would leave rows out") as caught:
        await joins(Server("a B c")).read(page("c"), ("a",), ("c",))
    assert caught.value.kind is ErrorKind.NEEDS_USER
    assert "Extra search path" in caught.value.hint


async def test_rows_that_compare_as_greater_than_the_last_key_are_missed() -> None:
    checked = joins(Server("A b Z"))
    await checked.read(page("A"), None, ("Z",))
    await checked.read(page("Z"), ("A",), ("Z",))
    with pytest.raises(SourceError, match="would leave rows out"):
        await checked.read(page(), ("Z",), ("Z",))


async def test_a_row_that_went_meanwhile_proves_nothing() -> None:
    class Going(Server):
        async def read(self, query: str) -> list[Row]:
            found = await super().read(query)
            return found[:1] if query.startswith("order") else found

    assert (await joins(Going("a B c")).read(page("c"), ("a",), ("c",))).rows == [("c",)]


async def test_a_page_that_cannot_be_read_is_raised() -> None:
    async def failing() -> Page:
        raise UnreachableError("No answer.")

    with pytest.raises(UnreachableError):
        await joins(Server("a b")).read(failing(), ("a",), ("b",))
