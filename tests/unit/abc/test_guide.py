"""A source that a stranger wrote by the guide of `rtwidget.abc` alone, in a live table."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import rtwidget.abc
from rtwidget import live_table
from rtwidget.abc import Column, ResolvedSource, Schema, TableQuery
from rtwidget.errors import ArgumentError, NotPublishedError
from rtwidget.feed.runtime.loop_thread import LOOP
from rtwidget.sources.memory import MemorySource, MemoryTable

READINGS = MemoryTable(Schema((Column("id"), Column("degrees")), ("id",)), "readings")


@dataclass
class WeatherRequest:
    query: TableQuery

    @property
    def title(self) -> str:
        return self.query.table

    async def resolve(self) -> ResolvedSource:
        if self.query.table == "nothing":
            raise NotPublishedError("There is no such weather.", "Ask for `readings`.")
        return ResolvedSource(("weather", self.query), MemorySource(READINGS))


class Weather:
    def request_for(self, query: TableQuery) -> WeatherRequest:
        if query.filters or query.columns or query.limit:
            raise ArgumentError("Weather reads whole tables.", "Leave filter= out.")
        return WeatherRequest(query)


def test_a_live_table_shows_it_and_follows_its_notifications() -> None:
    with live_table("readings", source=Weather(), order_by="id.desc") as table:
        LOOP.call(READINGS.put, (1, 20))
        table.wait_for(lambda df: list(df["degrees"]) == [20])
        LOOP.call(READINGS.put, (1, 21), (2, 3))
        table.wait_for(lambda df: sorted(df["degrees"]) == [3, 21])
        assert [finding.check for finding in table.doctor()].count("source") == 1
        with pytest.raises(ArgumentError, match="no readers to tell apart"):
            _ = table.access


def test_what_it_refuses_is_refused_in_the_users_cell() -> None:
    with pytest.raises(ArgumentError, match="Weather reads whole tables"):
        live_table("readings", source=Weather(), filter={"id": 1})


def test_what_it_raises_later_is_what_the_user_is_told() -> None:
    with (
        live_table("nothing", source=Weather()) as table,
        pytest.raises(NotPublishedError, match="no such weather"),
    ):
        table.wait_ready()


def test_every_name_of_the_contract_is_there_and_told_of() -> None:
    for name in rtwidget.abc.__all__:
        assert getattr(rtwidget.abc, name) is not None
    for name in ("SourceFactory", "SourceRequest", "ResolvedSource", "Schema", "Answer"):
        assert name in (rtwidget.abc.__doc__ or "")
