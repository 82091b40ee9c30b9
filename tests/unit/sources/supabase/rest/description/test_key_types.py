"""Whether a key is JSON is told by its first row, when that is asked for again, and by nothing less."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from rtwidget.errors import KeyNotUniqueError, SourceError, UnreachableError
from rtwidget.replica.keys import Cell, JsonText
from rtwidget.sources.query.checked_query import checked_query
from rtwidget.sources.supabase.rest.description.key_types import settle_key_types
from rtwidget.sources.supabase.rest.rest_reads import Rows


class Server:
    """Finds the row under one spelling of its key, and refuses or misses every other."""

    def __init__(self, finds: str, otherwise: SourceError | None = None) -> None:
        self.finds, self.otherwise = finds, otherwise
        self.asked: list[str] = []

    async def read(self, query: str) -> Rows:
        (asked,) = parse_qs(query)["k"]
        self.asked.append(asked)
        if asked == self.finds:
            return Rows(("k",), [("x",)], 2, None)
        if self.otherwise is not None:
            raise self.otherwise
        return Rows((), [], 2, None)


async def settled(server: Server, cell: Cell, known: str | None = None) -> str | None:
    types = {"k": known}
    first = Rows(("k",), [(cell,)], 2, None)
    await settle_key_types(first, checked_query("t"), ("k",), types, server.read)
    return types["k"]


def spelled(cell: str) -> list[str]:
    """Spellings of a text: as it is, and as JSON."""
    return [f"eq.{cell}", f'eq."{cell}"']


async def test_without_a_row_there_is_nothing_to_mistake() -> None:
    server, types = Server(""), dict[str, str | None]()
    await settle_key_types(Rows((), [], 2, None), checked_query("t"), ("k",), types, server.read)
    assert (types, server.asked) == ({}, [])


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        (7, None),
        ("01890a5d-ac96-774b-bcce-b302099a8057", None),
        ("a", "text"),
        (JsonText("[1]"), "_int4"),
        (JsonText("[1]"), "jsonb"),
        (None, None),
    ],
)
async def test_what_cannot_be_mistaken_costs_no_read(cell: Cell, known: str | None) -> None:
    server = Server("")
    assert (await settled(server, cell, known), server.asked) == (known, [])


async def test_a_text_that_is_found_as_a_text_is_one() -> None:
    server = Server(spelled("a")[0])
    assert await settled(server, "a", "an_enum") == "an_enum"
    assert server.asked == spelled("a")[:1]


@pytest.mark.parametrize("otherwise", [None, SourceError("no JSON", code="22P02")])
async def test_a_text_that_is_found_as_json_alone_is_json(otherwise: SourceError | None) -> None:
    server = Server(spelled("a")[1], otherwise)
    assert await settled(server, "a") == "jsonb"
    assert server.asked == spelled("a")


async def test_a_text_that_is_found_neither_way_stays_what_it_was() -> None:
    assert await settled(Server("gone"), "a") is None


async def test_a_document_is_json_also_where_the_row_went_meanwhile() -> None:
    assert await settled(Server("gone"), JsonText('{"a":1}')) == "jsonb"


@pytest.mark.parametrize("code", ["22P02", "0A000", "42883"])
async def test_a_document_that_its_type_does_not_read_is_no_key(code: str) -> None:
    refusing = Server("", SourceError("malformed array literal", code=code))
    with pytest.raises(KeyNotUniqueError, match="paged by 'k'") as caught:
        await settled(refusing, JsonText("[1]"))
    assert '`types={"k": "int[]"}`' in caught.value.hint


async def test_any_other_refusal_says_nothing_of_the_type() -> None:
    with pytest.raises(UnreachableError):
        await settled(Server("", UnreachableError("No answer.")), "a")
