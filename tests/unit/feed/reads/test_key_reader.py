"""Reads of the keys that notifications named: how many at once, and what they cannot be trusted with."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rtwidget.abc import Answer, Notification, ResolvedSource
from rtwidget.errors import SourceError
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.replica.keys import Key
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.memory import MemoryTable
from tests.unit.feed.bench import (
    Bench,
    Server,
    ServerRequest,
    ServerSource,
    until,
    until_settled,
    until_true,
)


@pytest.fixture(autouse=True)
def short_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read soon though nobody looks, and let no pass of a cold server come first, as it would on a slow machine."""
    monkeypatch.setattr("rtwidget.replica.budgets.KEY_READ_CALM_GAP_S", 0.01)
    monkeypatch.setattr("rtwidget.replica.budgets.KEY_READ_GAP_S", 0.01)
    monkeypatch.setattr("rtwidget.replica.budgets.PASSES_AFTER_LIVE_S", (3600.0,))


def test_a_batch_that_cannot_be_read_leaves_a_quarter_until_it_can(
    workshop: Bench, server: Server
) -> None:
    handle = workshop.open(server)
    until_settled(handle)
    server.key_errors += [SourceError("Too long.", retry_after_s=0.01) for _ in range(2)]
    server.asked_keys.clear()
    workshop.do(server.table.put, *[(key, "many") for key in range(100, 280)])
    until(handle, {1: "one"} | dict.fromkeys(range(100, 280), "many"))
    # Twice as many after four that went well.
    assert server.asked_keys[:8] == [180, 45, 11, 11, 11, 11, 22, 22]
    assert max(server.asked_keys[8:]) <= 44


class CaselessSource(ServerSource):
    """Finds keys whatever the case of their letters, as a `citext` column does."""

    async def read_keys(self, keys: Sequence[Key]) -> Answer:
        return await super().read_keys([(str(key[0]).lower(),) for key in keys])


class CaselessRequest(ServerRequest):
    async def resolve(self) -> ResolvedSource:
        return ResolvedSource(id(self._server), CaselessSource(self._server))


def test_keys_that_a_stream_spells_otherwise_are_left_to_passes(workshop: Bench) -> None:
    table = MemoryTable(Schema((Column("id", "citext"), Column("name", "text")), ("id",)))
    server = Server(table)
    table.rows[("a",)] = ("a", "one")
    handle = TableHandle(CaselessRequest(server), None, workshop.loop, workshop.registry)
    workshop.handles.append(handle)
    until_settled(handle)

    def change(name: str) -> None:
        table.rows[("a",)] = ("a", name)
        table._announce(Notification((("A",),)))

    passes = handle.stats.passes
    workshop.do(change, "two")
    until_true(handle, lambda: handle.stats.passes > passes, "A pass")
    until_settled(handle)
    server.asked_keys.clear()
    passes = handle.stats.passes
    workshop.do(change, "three")
    until_true(handle, lambda: handle.stats.passes > passes, "Another pass")
    assert handle.snapshot().rows == (("a", "three"),)
    assert server.asked_keys == []
