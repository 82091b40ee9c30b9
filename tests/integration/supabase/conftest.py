"""One local backend for these tests, a table with every kind of value, and sources that get closed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from rtwidget.local import LocalBackend, Settings
from rtwidget.sources.supabase.source import SupabaseSource
from tests.integration.requested import requested
from tests.integration.steady import steady_backend

Open = Callable[..., Awaitable[SupabaseSource]]


@pytest.fixture(scope="session")
def supabase_backend() -> Iterator[LocalBackend]:
    with steady_backend(replace(Settings.prompt(), poll_interval_s=0.02)) as backend:
        yield backend


@pytest.fixture
def backend(supabase_backend: LocalBackend) -> Iterator[LocalBackend]:
    """The backend with one published table `t` of five rows."""
    supabase_backend.sql(
        "drop schema public cascade; create schema public;"
        "grant usage on schema public to anon, authenticated, service_role;"
        "alter default privileges in schema public"
        " grant all on tables to anon, authenticated, service_role;"
        "create table t(id bigint primary key, amount numeric, name text, payload jsonb,"
        " tags text[], ratio float8, is_urgent bool, due date, created_at timestamptz, ref uuid,"
        " owner text default 'nobody');"
        "insert into t(id, name) select n, 'row ' || n from generate_series(1, 5) n;"
        "alter publication supabase_realtime add table t"
    )
    settings = supabase_backend.settings
    kept = {name: getattr(settings, name) for name in settings.__slots__}
    yield supabase_backend
    supabase_backend.faults.clear()
    for name, value in kept.items():
        setattr(settings, name, value)


@pytest.fixture
async def opened(backend: LocalBackend) -> AsyncIterator[Open]:
    """Open a source on a table, with the anon key unless told otherwise."""
    sources: list[SupabaseSource] = []

    async def open_source(table: str = "t", **arguments: Any) -> SupabaseSource:
        credentials = {"url": backend.url, "key": backend.anon_key}
        resolved = await requested(table, **{**credentials, **arguments}).resolve()
        assert isinstance(resolved.source, SupabaseSource)
        assert resolved.identity is not None
        await resolved.identity.lend()
        sources.append(resolved.source)
        return resolved.source

    yield open_source
    for source in sources:
        await source.aclose()
