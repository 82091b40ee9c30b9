"""Reads of keys, and of the first rows: what was asked comes, and what is left out is said."""

from __future__ import annotations

import pytest

from rtwidget.abc import Source
from rtwidget.errors import ArgumentError
from rtwidget.testing.demands import allowed, demand, keyed, walked
from rtwidget.testing.harness import SourceHarness, text_of
from rtwidget.testing.page_conformance import NUMBERS


class KeyConformance:
    """The part of the kit about reads of keys."""

    def test_keys_that_are_there_come_and_others_do_not(self, harness: SourceHarness) -> None:
        """A read of keys has each row that is there once, as a page has it, and no other row."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as source:
                pages = await keyed(source, await source.read_page(None, None, 100))
                # Out of order, with one key between those that are there, and one behind them all.
                asked = harness.keys(9, 4, 1, 1000)
                found = await keyed(source, await source.read_keys(asked))
                demand(
                    set(found) == set(harness.keys(1, 9)),
                    "A read of keys has the asked rows that are there, and no other.",
                    found,
                )
                same = all(found[key] == pages[key] for key in found)
                demand(same, "A row is the same in a page and in a read of keys.", (found, pages))
                none = await source.read_keys(harness.keys(4))
                demand(not none.rows, "A key that is not there brings no row.", none.rows)

        harness.run(test())

    def test_a_row_is_read_as_it_is_now(self, harness: SourceHarness) -> None:
        """A read that begins after a change was committed shows it."""

        async def test() -> None:
            await harness.fill(1, 2)
            async with harness.opened() as source:
                await _demand_text(harness, source, 1, text_of(1))
                await harness.put(1, "other")
                await _demand_text(harness, source, 1, "other")
                await harness.delete(1)
                await harness.put(3, "new")
                page = await keyed(source, await source.read_page(None, None, 10))
                demand(
                    list(page) == harness.keys(2, 3),
                    "A read that begins after a change was committed shows it.",
                    page,
                )

        harness.run(test())

    def test_a_key_in_another_spelling_brings_the_tables_own_or_nothing(
        self, harness: SourceHarness
    ) -> None:
        """Notifications may spell keys in other ways, and what they name is no reason for a fault."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as source:
                for key in harness.foreign_keys(9):
                    answer = await allowed(source.read_keys([key]), "A read of an odd key")
                    found = {} if answer is None else await keyed(source, answer)
                    demand(
                        set(found) <= {harness.key(9)},
                        "A row carries its own spelling of its key, however it was asked for.",
                        found,
                    )

        harness.run(test())

    def test_an_answer_that_was_capped_is_not_whole(self, harness: SourceHarness) -> None:
        """`whole` is never said of an answer that leaves a row out; pages still reach every row."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            async with harness.opened() as source:
                # Before the cap, which is to cut rows off and not the description.
                await source.describe()
                await harness.cap_answers(2)
                answer = await source.read_keys(harness.keys(*NUMBERS))
                demand(
                    # A source may notice the cap and ask for the rest itself.
                    len(answer.rows) == len(NUMBERS) or not answer.whole,
                    "An answer that leaves rows out does not say that it is whole.",
                    answer,
                )
                found = await walked(lambda last: source.read_page(last, None, 100), source)
                demand(
                    found == harness.keys(*NUMBERS),
                    "Pages hold every row once, also where the server caps them.",
                    found,
                )

        harness.run(test())

    # Fewer rows than there are and more, in several pages and in one.
    @pytest.mark.parametrize("page_rows", [2, 100])
    @pytest.mark.parametrize("limit", [3, 50])
    def test_the_first_rows_are_those_of_the_order(
        self, harness: SourceHarness, limit: int, page_rows: int
    ) -> None:
        """A query with a limit keeps the first rows; without an order they are the first by key."""

        async def test() -> None:
            await harness.fill(*NUMBERS)
            try:
                harness.factory().request_for(harness.query(limit=limit))
            except ArgumentError:
                pytest.skip("The source refuses a limit.")
            async with harness.opened(limit=limit) as source:
                demand(source.top_rows == limit, "`top_rows` is the query's limit.")
                answer = await source.read_top(limit, page_rows)
                found = list(await keyed(source, answer))
                wanted = harness.keys(*NUMBERS[:limit])
                # `whole` may always be False; then all that is promised is that there are not too many rows.
                if answer.whole:
                    demand(found == wanted, "A whole answer has the first rows by order.", found)
                else:
                    demand(len(found) <= limit, "There are no more rows than the limit.", found)

        harness.run(test())


async def _demand_text(harness: SourceHarness, source: Source, number: int, text: str) -> None:
    answer = await keyed(source, await source.read_keys([harness.key(number)]))
    row = answer.get(harness.key(number), ())
    demand(text in row, f"The row is read as it is now: with {text!r}.", row)
