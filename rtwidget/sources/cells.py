"""From the bytes of an answer to cells that keep every digit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec

from rtwidget.errors import KeyNotUniqueError, SourceError
from rtwidget.replica.keys import Cell, JsonText, NumberText, Row
from rtwidget.sources.half_characters import marked, unmarked

# int() and the decoder of many rows refuse longer ones, and no integer column has them.
_INTEGER_DIGITS = 4_300
_MOST_COLUMNS = 1_664  # of any answer of PostgreSQL
_INLINE_BYTES = 200_000  # 1 to 10 ms of decoding; more would hold up the loop (design section 8)
_ROWS = msgspec.json.Decoder(list[dict[str, msgspec.Raw]])
_TEXT = msgspec.json.Decoder(str)
_WORDS: dict[bytes, Cell] = {b"null": None, b"true": True, b"false": False}


def cell_of(raw: bytes) -> Cell:
    """Return one JSON value as a cell: nothing is rounded, nested values keep their text.

    Args:
        raw: A valid JSON value, without spaces around it. From any thread.
    """
    first = raw[:1]
    if first == b'"':
        return _text_of(raw)
    if first in {b"{", b"["}:
        compact = msgspec.json.format(raw, indent=-1) if b"\n" in raw else raw
        return JsonText(compact.decode())
    if raw in _WORDS:
        return _WORDS[raw]
    return _number_of(raw.decode())


def _text_of(raw: bytes) -> str:
    try:
        return _TEXT.decode(raw)
    except msgspec.DecodeError:  # half of a surrogate pair is legal JSON but no text
        return JsonText(raw.decode())


def _number_of(text: str) -> Cell:
    whole = text.lstrip("-").isdigit()
    # A float's negative zero is an integer literal that int() would lose.
    if whole and text != "-0" and len(text) <= _INTEGER_DIGITS:
        return int(text)
    return NumberText(text)


def key_text(value: Cell) -> str:
    """Return a key's part as text (any thread).

    Raises:
        KeyNotUniqueError: When it is null, which no comparison finds again.
    """
    if value is None:
        raise KeyNotUniqueError(
            "A key column holds null, so its row cannot be named.",
            "Pass primary_key= with columns that are unique and not null.",
        )
    return str(value).lower() if isinstance(value, bool) else str(value)


def decode_rows(body: bytes) -> tuple[tuple[str, ...], list[Row]]:
    """Return the column names and the rows of an answer (any thread).

    Args:
        body: A JSON array of objects, as PostgREST answers (reference section 7).

    Raises:
        SourceError: When the body is anything else, or its rows differ in their columns.
    """
    try:
        objects = _objects(body)
        columns = tuple(objects[0]) if objects else ()
        if len(columns) > _MOST_COLUMNS:
            raise SourceError(
                f"The server answered with {len(columns)} columns: no table has so many."
            )
        # Texts are only read here, so only here it shows whether they are any.
        return columns, [_row_of(one, columns) for one in objects]
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise SourceError(
            "The server answered with something that is no list of rows.",
            "Check that the URL is the project's, as in `https://<ref>.supabase.co`.",
        ) from None


def _objects(body: bytes) -> list[dict[str, msgspec.Raw]]:
    try:
        return _ROWS.decode(body)
    except msgspec.DecodeError:
        # Half a character in one json value must not cost the whole table.
        whole = marked(body)
        if whole is None:
            raise
        return [
            {name: msgspec.Raw(unmarked(bytes(raw))) for name, raw in one.items()}
            for one in _ROWS.decode(whole)
        ]


async def decoded(body: bytes) -> tuple[tuple[str, ...], list[Row]]:
    """Return what `decode_rows` returns, a long body decoded on another thread (loop thread only).

    Raises:
        SourceError: As `decode_rows` does.
    """
    if len(body) > _INLINE_BYTES:
        return await asyncio.to_thread(decode_rows, body)
    return decode_rows(body)


def _row_of(one: dict[str, msgspec.Raw], columns: Sequence[str]) -> Row:
    if tuple(one) != columns:
        raise SourceError("The server answered with rows of different columns.")
    return tuple([cell_of(bytes(raw)) for raw in one.values()])
