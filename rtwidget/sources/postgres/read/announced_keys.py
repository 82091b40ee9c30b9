"""Reads of keys that notifications named: any role may send one, so a key may be none of its type."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.abc import Answer
from rtwidget.errors import SourceError
from rtwidget.replica.keys import Key
from rtwidget.sources.postgres.errors import is_bad_value
from rtwidget.sources.postgres.read.query import Query
from rtwidget.sources.postgres.read.reader import Reader


async def read_named(reader: Reader, query: Query, keys: Sequence[Key]) -> Answer:
    """Return the rows that have one of these keys; nothing caps an answer, so it is whole (loop thread only).

    Raises:
        SourceError: When they cannot be read.
    """
    if not keys:
        return Answer((), (), whole=True)
    try:
        page = await reader.page(query.keys(keys))
    except SourceError as error:
        if not is_bad_value(error):
            raise
        refused = error
    else:
        return Answer(
            page.columns, page.rows, page.wire_bytes, whole=True, size_bytes=page.size_bytes
        )
    if len(keys) > 1:
        half = len(keys) // 2
        first = await read_named(reader, query, keys[:half])
        return _joined(first, await read_named(reader, query, keys[half:]))
    if await _is_key(reader, query, keys[0]):
        raise refused
    # What its type cannot hold names no row.
    return Answer((), (), whole=True)


async def _is_key(reader: Reader, query: Query, key: Key) -> bool:
    try:
        await reader.value(query.cast(key))
    except SourceError as error:
        if not is_bad_value(error):
            raise
        return False
    return True


def _joined(first: Answer, second: Answer) -> Answer:
    wire_bytes = first.wire_bytes + second.wire_bytes
    if first.columns and second.columns and first.columns != second.columns:
        # The table was altered between the two: the newer answer shows it.
        return Answer(second.columns, second.rows, wire_bytes)
    rows = [*first.rows, *second.rows]
    whole = first.whole and second.whole
    size_bytes = first.size_bytes + second.size_bytes
    return Answer(
        first.columns or second.columns, rows, wire_bytes, whole=whole, size_bytes=size_bytes
    )
