"""Requests: what is asked is done or refused, and only equal ones are shared."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from rtwidget.errors import ArgumentError
from rtwidget.testing.demands import allowed, demand, keyed, refused
from rtwidget.testing.harness import SourceHarness
from rtwidget.testing.page_conformance import NUMBERS


class RequestConformance:
    """The part of the kit about requests, descriptions and errors."""

    def test_only_equal_queries_share_a_feed(self, harness: SourceHarness) -> None:
        """Equal queries have equal keys, and each query that differs has another."""

        async def key_of(**asked: Any) -> object:  # noqa: ANN401  (the arguments of `live_table`)
            request = harness.factory().request_for(harness.query(**asked))
            resolved = await request.resolve()
            # It was never asked anything, and must be closed all the same.
            await resolved.source.aclose()
            # Feeds, projects and streams are looked up by these.
            hash((resolved.feed_key, resolved.project, resolved.stream_key))
            return resolved.feed_key

        async def test() -> None:
            one = await key_of()
            demand(await key_of() == one, "Equal queries of the same reader share a feed.", one)
            name = await _key_column(harness)
            for asked in ({"limit": 3}, {"filter": {name: 1}}, {"columns": [name]}):
                try:
                    other = await key_of(**asked)
                except ArgumentError:
                    # What a source refuses to do, it cannot share by mistake.
                    continue
                demand(other != one, f"Queries that differ share nothing: {asked}.", other)

        harness.run(test())

    def test_the_title_is_the_tables_name(self, harness: SourceHarness) -> None:
        """People are told the table's name."""
        title = harness.factory().request_for(harness.query()).title
        demand(title == harness.table, "The title is the table's name.", title)

    def test_a_filter_holds_or_is_refused(self, harness: SourceHarness) -> None:
        """A filter that a source cannot apply is refused when it is asked for, never ignored."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            # By the key, which is all that the kit knows of the columns of any source.
            cells = [str(part) for part in harness.key(9)]
            names = await _key_columns(harness)
            wanted = dict(zip(names, cells, strict=True))
            try:
                harness.factory().request_for(harness.query(filter=wanted))
            except ArgumentError:
                pytest.skip("The source refuses a filter.")
            async with harness.opened(filter=wanted) as source:
                page = await keyed(source, await source.read_page(None, None, 100))
                # Row 1 exists, but the filter leaves it out: a read of keys asks the same query as a page.
                named = await keyed(source, await source.read_keys(harness.keys(1, 9)))
                for found in (page, named):
                    demand(
                        list(found) == harness.keys(9),
                        "Pages and reads of keys have the rows for which the filter holds.",
                        found,
                    )

        harness.run(test())

    def test_columns_are_chosen_or_refused(self, harness: SourceHarness) -> None:
        """Only the named columns come, the key always among them, or the choice is refused."""

        async def test() -> None:
            await harness.fill(1, 2)
            names = await _key_columns(harness)
            try:
                harness.factory().request_for(harness.query(columns=names))
            except ArgumentError:
                pytest.skip("The source refuses a choice of columns.")
            async with harness.opened(columns=names) as source:
                page = await source.read_page(None, None, 10)
                demand(
                    set(page.columns) == set(names),
                    "An answer has the columns that were asked for.",
                    page.columns,
                )

        harness.run(test())

    def test_rows_fit_what_is_described(self, harness: SourceHarness) -> None:
        """The description names the key and, where it can, the columns of every answer; twice it says the same."""

        async def test() -> None:
            await harness.fill(1, 2)
            async with harness.opened() as source:
                schema = await source.describe()
                demand(await source.describe() == schema, "A description stays the same.", schema)
                demand(schema.key, "A description names the key.", schema)
                page = await source.read_page(None, None, 10)
                answer = await source.read_keys(harness.keys(1))
                for found in (page, answer):
                    demand(
                        # A source may not know its columns before it has seen a row.
                        not schema.names or found.columns == schema.names,
                        "An answer has the columns that were described, in their order.",
                        (schema.names, found.columns),
                    )
                    widths = {len(row) for row in found.rows}
                    demand(
                        widths == {len(set(found.columns))},
                        "A row has a cell for each column, and no column comes twice.",
                        (found.columns, widths),
                    )

        harness.run(test())

    def test_a_probe_tells_the_truth(self, harness: SourceHarness) -> None:
        """A probe counts the query's rows, or says that it did not; a ping returns."""

        async def test() -> None:
            await harness.fill(1, 2, 3)
            async with harness.opened() as source:
                await source.ping()
                seen = await source.probe()
                kept = seen is None or seen.rows in (None, 3)
                demand(kept, "A probe counts the rows, or says that it did not.", seen)
                newest = None if seen is None else seen.newest
                kept = newest is None or newest[0] in harness.keys(1, 2, 3)
                demand(kept, "The newest row of a probe is one of the rows.", newest)

        harness.run(test())

    def test_nothing_is_contacted_before_a_source_is_used(self, harness: SourceHarness) -> None:
        """A request and a source are made, and given back, while the server does not answer."""

        async def test() -> None:
            factory = harness.unreachable()
            resolved = await factory.request_for(harness.query()).resolve()
            await resolved.source.aclose()

        harness.run(test())

    def test_errors_are_those_of_rtwidget(self, harness: SourceHarness) -> None:
        """A server that does not answer is a SourceError, whatever was asked."""

        async def test() -> None:
            request = harness.unreachable().request_for(harness.query())
            resolved = await request.resolve()
            source = resolved.source
            if resolved.identity is not None:
                # A source may prove a token to its server first, which does not answer here.
                await allowed(resolved.identity.lend(), "Lending a token")
            try:
                calls: dict[str, Callable[[], Awaitable[object]]] = {
                    "describe": source.describe,
                    "last_key": source.last_key,
                    "next_key": lambda: source.next_key(None, None),
                    "key_bounds": lambda: source.key_bounds(2),
                    "read_page": lambda: source.read_page(None, None, 1),
                    "read_keys": lambda: source.read_keys(harness.keys(1)),
                    "ping": source.ping,
                    "notifications": lambda: anext(source.notifications()),
                }
                for name, call in calls.items():
                    await refused(call(), f"`{name}` of a server that does not answer")
            finally:
                if resolved.identity is not None:
                    resolved.identity.withdraw()
                await source.aclose()

        harness.run(test())


async def _key_columns(harness: SourceHarness) -> list[str]:
    async with harness.opened() as source:
        return list((await source.describe()).key)


async def _key_column(harness: SourceHarness) -> str:
    return (await _key_columns(harness))[0]
