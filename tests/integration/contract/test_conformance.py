"""Supabase and PostgreSQL, on real servers, keep every promise of `rtwidget.abc`."""

from __future__ import annotations

import asyncio

import pytest

from rtwidget import Postgres, Supabase
from rtwidget.abc import Key, SourceFactory
from rtwidget.local import LocalBackend
from rtwidget.testing import SourceConformance, SourceHarness
from tests.integration.contract.conftest import TABLE


class ServerHarness(SourceHarness):
    """A table of the local backend.

    Args:
        backend: Where it is, emptied.
    """

    table = TABLE
    version = "version"

    def __init__(self, backend: LocalBackend) -> None:
        self._backend = backend

    async def put(self, number: int, text: str) -> None:
        await self._write(
            f"insert into {TABLE} values ({number}, '{text}') on conflict (id)"
            f" do update set text = excluded.text, version = nextval('{TABLE}_versions')"
        )

    async def delete(self, number: int) -> None:
        await self._write(f"delete from {TABLE} where id = {number}")

    async def renumber(self, number: int, other: int) -> None:
        await self._write(f"update {TABLE} set id = {other} where id = {number}")

    def foreign_keys(self, number: int) -> list[Key]:
        return [(str(number),), (f"0{number}",), ("no number",), (None,), (True,)]

    async def _write(self, statement: str) -> None:
        # Elsewhere than on the loop, because the servers may ask for something meanwhile.
        await asyncio.to_thread(self._backend.sql, statement)


class SupabaseHarness(ServerHarness):
    def factory(self) -> SourceFactory:
        return Supabase(url=self._backend.url, key=self._backend.anon_key)

    def unreachable(self) -> SourceFactory:
        return Supabase(url="http://127.0.0.1:9", key=self._backend.anon_key)

    async def cap_answers(self, rows: int) -> None:
        self._backend.settings.max_rows = rows

    async def break_streams(self) -> None:
        await asyncio.to_thread(self._backend.faults.close)


class PostgresHarness(ServerHarness):
    def factory(self) -> SourceFactory:
        return Postgres(self._backend.dsn)

    def unreachable(self) -> SourceFactory:
        return Postgres("postgresql://me@127.0.0.1:9/db")

    async def break_streams(self) -> None:
        await self._write(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'rtwidget'"
        )


class TestSupabase(SourceConformance):
    @pytest.fixture
    def harness(self, numbered: LocalBackend) -> SourceHarness:
        return SupabaseHarness(numbered)


class TestPostgres(SourceConformance):
    @pytest.fixture
    def harness(self, numbered: LocalBackend) -> SourceHarness:
        return PostgresHarness(numbered)
