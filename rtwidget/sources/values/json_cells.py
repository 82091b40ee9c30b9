"""From the bytes of an answer to cells that keep every digit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence

import msgspec

from rtwidget.errors import ErrorKind, KeyNotUniqueError, SourceError
from rtwidget.replica.keys import Cell, JsonText, NumberText, Row
from rtwidget.sources.values.tolerant_decoder import BrokenJsonError, careful_rows, compact

# int() and the decoder of many rows refuse longer ones, and no integer column has them.
_INTEGER_DIGITS = 4_300
_MOST_COLUMNS = 1_664  # of any answer of PostgreSQL
_INLINE_BYTES = 200_000  # 1 to 10 ms of decoding; more would hold up the loop (design section 8)
_Raw = bytes | msgspec.Raw
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
        # Cells stand on one line, and a table copied as text has a line for each row.
        return JsonText(marked_text(_on_one_line(raw) if b"\n" in raw else raw))
    # Before numbers: these are the only values that begin with a letter.
    if raw in _WORDS:
        return _WORDS[raw]
    return _number_of(raw.decode())


def marked_text(raw: bytes) -> str:
    """Return bytes as text, each byte that is none as its escape, a backslash with `xe9` (any thread).

    A database without an encoding (SQL_ASCII) holds any bytes, and nobody knows which characters they were.
    """
    return raw.decode(errors="backslashreplace")


def _text_of(raw: bytes) -> str:
    try:
        return _TEXT.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        pass
    try:
        # What JSON escaped comes first, because an escape of ours is none of JSON's.
        text: str = json.loads(raw.decode(errors="surrogateescape"), strict=False)
        return marked_text(text.encode(errors="surrogateescape"))
    except ValueError:  # half of a surrogate pair is legal JSON but no text
        return JsonText(marked_text(raw))


def _on_one_line(raw: bytes) -> bytes:
    try:
        return msgspec.json.format(raw, indent=-1)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return compact(raw)


def _number_of(text: str) -> Cell:
    whole = text.lstrip("-").isdigit()
    # A float's negative zero is an integer literal that int() would lose.
    if whole and text != "-0" and len(text) <= _INTEGER_DIGITS:
        return int(text)
    return NumberText(text)


def key_text(value: Cell, *, as_json: bool = False) -> str:
    """Return a key's part as text (any thread).

    Args:
        value: The part.
        as_json: Whether its column is of JSON, where a text without its quotes would be a number or nothing at all.

    Raises:
        KeyNotUniqueError: When it is null, which no comparison finds again.
    """
    if value is None:
        raise KeyNotUniqueError(
            "A key column holds null, so its row cannot be named.",
            "Pass primary_key= with columns that are unique and not null.",
        )
    if as_json and type(value) is str:
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else str(value)


def decode_rows(body: bytes, key: Sequence[str] | None = None) -> tuple[tuple[str, ...], list[Row]]:
    """Return the column names and the rows of an answer (any thread).

    Args:
        body: A JSON array of objects, as PostgREST answers (reference section 7).
        key: Where any bytes may come, of a database without an encoding: the columns that have to be text nevertheless,
            because they are asked for again. None where everything has to be, as over HTTP.

    Raises:
        SourceError: When the body is anything else, its rows differ in their columns, or a key holds bytes that are no text.
    """
    objects = _objects(body)
    columns = tuple(objects[0]) if objects else ()
    # What has more is no table: a server that invents columns would fill the memory before anybody looked.
    if len(columns) > _MOST_COLUMNS:
        raise SourceError(f"The server answered with {len(columns)} columns: no table has so many.")
    if not _is_text(body):
        if key is None:
            raise _no_rows()
        _demand_exact(objects, key)
    return columns, [_row_of(one, columns) for one in objects]


def _objects(body: bytes) -> Sequence[Mapping[str, _Raw]]:
    try:
        return _ROWS.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        pass
    # One value that is too much for the decoder must not cost the whole table.
    try:
        return careful_rows(body)
    except BrokenJsonError:
        raise _no_rows() from None


def _no_rows() -> SourceError:
    return SourceError(
        "The server answered with something that is no list of rows.",
        "Check that the address is the project's, as in `https://<ref>.supabase.co`, and that nothing on the way changes answers.",
    )


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _demand_exact(objects: Sequence[Mapping[str, _Raw]], key: Sequence[str]) -> None:
    for one in objects:
        raws = [bytes(one[name]) for name in key if name in one]
        if all(map(_is_text, raws)):
            continue
        named = ", ".join(map(marked_text, raws))
        raise SourceError(
            f"The key of a row ({', '.join(key)}) = ({named}) holds bytes that are no text, so nobody can ask for it.",
            "Convert them to UTF-8, leave such rows out by `filter=`, or pass `primary_key=` with other columns.",
            kind=ErrorKind.NEEDS_USER,
        )


async def decoded(body: bytes, key: Sequence[str]) -> tuple[tuple[str, ...], list[Row]]:
    """Return what `decode_rows` returns, a long body decoded on another thread (loop thread only).

    Raises:
        SourceError: As `decode_rows` does.
    """
    if len(body) > _INLINE_BYTES:
        return await asyncio.to_thread(decode_rows, body, key)
    return decode_rows(body, key)


def _row_of(one: Mapping[str, _Raw], columns: Sequence[str]) -> Row:
    if tuple(one) == columns:
        # A list inside is faster than a generator, and this runs for every row.
        return tuple([cell_of(bytes(raw)) for raw in one.values()])
    # Members of an object have no order.
    if one.keys() != set(columns):
        raise SourceError("The server answered with rows of different columns.")
    return tuple([cell_of(bytes(one[name])) for name in columns])
