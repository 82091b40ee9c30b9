"""The memory source, and one in memory that can do everything, keep every promise of `rtwidget.abc`."""

from __future__ import annotations

import pytest

from rtwidget.abc import Column, Schema, SourceFactory
from rtwidget.errors import ConnectionLostError
from rtwidget.sources.memory import MemoryTable
from rtwidget.testing import SourceConformance, SourceHarness
from tests.unit.testing.full_harness import FullHarness


class MemoryHarness(SourceHarness):
    """A `MemoryTable` as everybody may have one."""

    def __init__(self) -> None:
        self._table = MemoryTable(Schema((Column("id"), Column("text")), ("id",)), self.table)

    def factory(self) -> SourceFactory:
        return self._table

    async def put(self, number: int, text: str) -> None:
        self._table.put((number, text))

    async def delete(self, number: int) -> None:
        self._table.delete((number,))

    async def renumber(self, number: int, other: int) -> None:
        _, text = self._table.rows[number,]
        self._table.delete((number,))
        self._table.put((other, text))

    async def break_streams(self) -> None:
        self._table.break_streams(ConnectionLostError("It broke."))


class TestMemory(SourceConformance):
    @pytest.fixture
    def harness(self) -> SourceHarness:
        return MemoryHarness()


class TestFullMemory(SourceConformance):
    @pytest.fixture
    def harness(self) -> SourceHarness:
        return FullHarness()
