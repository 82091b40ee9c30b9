"""Pages: every row once, in the order of keys, within bounds."""

from __future__ import annotations

import pytest

from rtwidget.abc import Key
from rtwidget.testing.demands import demand, keyed, walked
from rtwidget.testing.harness import SourceHarness

NUMBERS = (1, 2, 3, 9, 10, 11, 100)
"""Texts of numbers have another order, so these are told from it."""


class PageConformance:
    """The part of the kit about pages."""

    # One row a page, pages that do not divide the rows evenly, and all rows in one.
    @pytest.mark.parametrize("limit", [1, 3, 100])
    def test_pages_hold_every_row_once_in_the_order_of_keys(
        self, harness: SourceHarness, limit: int
    ) -> None:
        """Pages that continue after the last key of the one before hold every row once."""

        async def test() -> None:
            # Backwards, so that the order of keys is not the order in which the rows were inserted.
            await harness.fill(*reversed(NUMBERS))
            async with harness.opened() as source:
                found = await walked(lambda last: source.read_page(last, None, limit), source)
                demand(
                    found == harness.keys(*NUMBERS),
                    "Pages hold every row once, in the order of keys.",
                    found,
                )

        harness.run(test())

    def test_a_page_keeps_to_its_limit(self, harness: SourceHarness) -> None:
        """A page has no more rows than were asked for."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as source:
                rows = (await source.read_page(None, None, 2)).rows
                demand(1 <= len(rows) <= 2, "A page has at most `limit` rows.", rows)  # noqa: PLR2004

        harness.run(test())

    @pytest.mark.parametrize("gone", [(), (3, 10)], ids=["there", "gone"])
    def test_bounds_are_open_below_and_closed_above(
        self, harness: SourceHarness, gone: tuple[int, ...]
    ) -> None:
        """`after < key <= until`, also where the rows of the bounds are gone."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            for number in gone:
                await harness.delete(number)
            there = [number for number in NUMBERS if number not in gone]
            async with harness.opened() as source:
                # Upside down and behind the last row, too: a pass may be cut at bounds that are old by now.
                for after, until in [(None, 10), (3, None), (3, 10), (10, 3), (100, None)]:
                    low = None if after is None else harness.key(after)
                    high = None if until is None else harness.key(until)
                    page = list(await keyed(source, await source.read_page(low, high, 100)))
                    fits = [
                        number
                        for number in there
                        if (after is None or number > after) and (until is None or number <= until)
                    ]
                    demand(
                        page == harness.keys(*fits),
                        f"A page after {low} up to {high} has the rows with after < key <= until.",
                        page,
                    )
                    first = await source.next_key(low, high)
                    demand(
                        first == next(iter(page), None),
                        "`next_key` is the first key of the page that would follow.",
                        first,
                    )

        harness.run(test())

    def test_an_empty_table_has_empty_answers(self, harness: SourceHarness) -> None:
        """Nothing is made up, and nothing fails, where there is no row."""

        async def test() -> None:
            async with harness.opened() as source:
                rows = (await source.read_page(None, None, 10)).rows
                demand(not rows, "A page of an empty table is empty.", rows)
                for key in (await source.last_key(), await source.next_key(None, None)):
                    demand(key is None, "An empty table has no key.", key)
                bounds = await source.key_bounds(4)
                demand(not bounds, "An empty table has no keys to cut it at.", bounds)

        harness.run(test())

    def test_the_last_key_is_the_greatest(self, harness: SourceHarness) -> None:
        """`last_key` is the key of the last row of the last page."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as source:
                last = await source.last_key()
                demand(last == harness.key(100), "`last_key` is the greatest key.", last)

        harness.run(test())

    @pytest.mark.parametrize("parts", [2, 4])
    def test_ranges_between_key_bounds_cover_every_row_once(
        self, harness: SourceHarness, parts: int
    ) -> None:
        """Ranges that join at the keys of `key_bounds` have every row once."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as source:
                cuts = await source.key_bounds(parts)
                # Fewer are enough, and none at all: bounds are only good for speed.
                demand(len(cuts) < parts, "`key_bounds` are at most parts - 1 keys.", cuts)
                found: list[Key] = []
                for low, high in zip([None, *cuts], [*cuts, None], strict=True):
                    found += await keyed(source, await source.read_page(low, high, 100))
                demand(
                    found == harness.keys(*NUMBERS),
                    "Ranges between `key_bounds` join, in the order of keys.",
                    found,
                )

        harness.run(test())

    def test_pages_of_versions_have_the_same_keys(self, harness: SourceHarness) -> None:
        """`read_versions` has key and version of the rows of `read_page`, and a change of a row changes its version."""

        async def test() -> None:
            if harness.version is None:
                pytest.skip("The harness names no version column.")
            await harness.fill(*NUMBERS)
            async with harness.opened(version=harness.version) as source:
                demand(
                    source.version_column == harness.version,
                    "`version_column` is the column that was named.",
                    source.version_column,
                )
                found = await walked(lambda last: source.read_versions(last, None, 3), source)
                demand(
                    found == harness.keys(*NUMBERS),
                    "Pages of versions have the same keys as pages of rows.",
                    found,
                )
                before = await source.read_versions(None, None, 1)
                whole = (await source.describe()).key
                demand(
                    before.columns == (*whole, harness.version),
                    "A page of versions has the key columns and the version.",
                    before.columns,
                )
                await harness.put(1, "other")
                after = await source.read_versions(None, None, 1)
                demand(
                    before.rows[0] != after.rows[0],
                    "Every change of a row changes its version.",
                    after.rows,
                )

        harness.run(test())
