"""How the kit says what is broken, and how it looks at answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from rtwidget.abc import Key, Page, Row, Source
from rtwidget.errors import RtwidgetError, SourceError

T = TypeVar("T")


def demand(kept: object, promise: str, seen: object = None) -> None:
    """Fail unless a promise was kept.

    Args:
        kept: Whether it was.
        promise: What a source promises, in a sentence.
        seen: What was seen instead, if that helps.

    Raises:
        AssertionError: When it was not.
    """
    if not kept:
        # Not `assert`: pytest explains those of test modules only, and `python -O` leaves them out.
        raise AssertionError(promise if seen is None else f"{promise} Seen: {seen!r}")


async def keyed(source: Source, page: Page) -> dict[Key, Row]:
    """Return the rows of a page by key, in their order; each key once.

    Raises:
        AssertionError: When a key comes twice, or a row has no key.
    """
    schema = await source.describe()
    # An answer without rows may leave its columns out as well.
    if not page.rows:
        return {}
    demand(
        set(schema.key) <= set(page.columns),
        "The key columns are among those of every answer with rows.",
        (schema.key, page.columns),
    )
    places = [page.columns.index(name) for name in schema.key]
    keys = [tuple(row[place] for place in places) for row in page.rows]
    demand(len(set(keys)) == len(keys), "No key comes twice in one answer.", keys)
    return dict(zip(keys, page.rows, strict=True))


async def walked(
    read: Callable[[Key | None], Awaitable[Page]], source: Source, most_pages: int = 40
) -> list[Key]:
    """Return the keys of all pages, each read after the last key of the one before, up to the empty one.

    Raises:
        AssertionError: When the pages do not end.
    """
    found: list[Key] = []
    # The kit fills seven rows at most, so even pages of one row end long before; more means that they go round.
    for _ in range(most_pages):
        page = await keyed(source, await read(found[-1] if found else None))
        if not page:
            return found
        found += page
    raise AssertionError(f"Pages end with an empty one. Seen: {found!r}")


async def refused(call: Awaitable[object], what: str) -> None:
    """Demand that a call raises one of rtwidget's errors for servers.

    Args:
        call: The call.
        what: What it is, as the subject of a sentence.

    Raises:
        AssertionError: When it is answered, or raises another error.
    """
    try:
        answer = await call
    except SourceError:
        return
    except Exception as error:
        # A table takes any other error for a fault of the source, and fails.
        raise AssertionError(f"{what} raises a SourceError. Seen: {error!r}") from error
    raise AssertionError(f"{what} raises a SourceError. Seen: {answer!r}")


async def allowed(call: Awaitable[T], what: str) -> T | None:
    """Return what a call answers, or None where it raises an error of rtwidget's own.

    Args:
        call: The call.
        what: What it is, as the subject of a sentence.

    Raises:
        AssertionError: When it raises another error.
    """
    try:
        return await call
    except RtwidgetError:
        # A refusal is an answer, too: a source need not understand what it never said itself.
        return None
    except Exception as error:
        raise AssertionError(f"{what} raises errors of rtwidget only. Seen: {error!r}") from error


@asynccontextmanager
async def in_time(seconds: float, what: str) -> AsyncIterator[None]:
    """Fail with a sentence where something does not come.

    Args:
        seconds: How long to wait for it.
        what: What a source promises, in a sentence.

    Raises:
        AssertionError: When the block did not end in time.
    """
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise AssertionError(f"{what} Nothing came within {seconds:g} s.") from error
