"""Streams: a change is named once it can be read, every connection is one of its own, and an end is an error."""

from __future__ import annotations

import asyncio

from rtwidget.abc import Source
from rtwidget.testing.demands import demand, keyed
from rtwidget.testing.harness import SourceHarness, text_of
from rtwidget.testing.stream_listening import cancelled, listening


class StreamConformance:
    """The part of the kit about notifications."""

    def test_inserts_updates_and_deletes_are_named(self, harness: SourceHarness) -> None:
        """What is committed after `Live` is named, and a read that begins then shows it."""

        async def test() -> None:
            await harness.fill(1, 2)
            async with (
                harness.opened() as source,
                listening(source, harness.patience_s) as heard,
            ):
                await harness.put(3, text_of(3))
                await heard.until_named(harness.key(3))
                await _demand_row(harness, source, 3, text_of(3))
                await harness.put(2, "other")
                await heard.until_named(harness.key(2))
                await _demand_row(harness, source, 2, "other")
                await harness.delete(1)
                await heard.until_named(harness.key(1))
                await _demand_row(harness, source, 1, None)

        harness.run(test())

    def test_both_keys_of_a_row_that_gets_another_are_named(self, harness: SourceHarness) -> None:
        """An update that changes the key names the old one and the new one."""

        async def test() -> None:
            await harness.fill(1, 2)
            async with (
                harness.opened() as source,
                listening(source, harness.patience_s) as heard,
            ):
                await harness.renumber(1, 5)
                await heard.until_named(harness.key(1), harness.key(5))
                await _demand_row(harness, source, 1, None)
                await _demand_row(harness, source, 5, text_of(1))

        harness.run(test())

    def test_two_streams_hear_the_same(self, harness: SourceHarness) -> None:
        """A stream that replaces another one runs beside it for a while."""

        async def test() -> None:
            async with (
                harness.opened() as source,
                listening(source, harness.patience_s) as first,
                listening(source, harness.patience_s) as second,
            ):
                await harness.put(1, text_of(1))
                await first.until_named(harness.key(1))
                await second.until_named(harness.key(1))

        harness.run(test())

    def test_a_stream_is_begun_after_another_was_left(self, harness: SourceHarness) -> None:
        """Streams are disposable: one that was left, also before `Live`, keeps nobody from the next."""

        async def test() -> None:
            async with harness.opened() as source:
                # Left before it began, after its first step, and on the way to `Live`.
                for turns in (0, 1, 5):
                    task = asyncio.create_task(_first(source))
                    for _ in range(turns):
                        await asyncio.sleep(0)
                    await cancelled(task)
                async with listening(source, harness.patience_s):
                    pass
                async with listening(source, harness.patience_s) as heard:
                    await harness.put(1, text_of(1))
                    await heard.until_named(harness.key(1))

        harness.run(test())

    def test_a_stream_that_breaks_raises(self, harness: SourceHarness) -> None:
        """A connection that ends is never silence: the stream raises one of rtwidget's errors, and the next one works."""

        async def test() -> None:
            async with harness.opened() as source:
                async with listening(source, harness.patience_s) as heard:
                    await harness.break_streams()
                    await heard.until_error()
                async with listening(source, harness.patience_s) as heard:
                    await harness.put(1, text_of(1))
                    await heard.until_named(harness.key(1))

        harness.run(test())


async def _first(source: Source) -> None:
    stream = source.notifications()
    try:
        await anext(stream)
    finally:
        # A generator that is only dropped would end whenever it happens to be collected.
        await stream.aclose()


async def _demand_row(
    harness: SourceHarness, source: Source, number: int, text: str | None
) -> None:
    """Demand that a read which begins now shows a row with a text, or no row."""
    key = harness.key(number)
    found = await keyed(source, await source.read_keys([key]))
    row = found.get(key)
    kept = row is None if text is None else row is not None and text in row
    demand(kept, "A change is named once it can be read.", found)
