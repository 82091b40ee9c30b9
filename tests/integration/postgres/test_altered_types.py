"""A type that is altered changes what every row shows, and no trigger sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing

import pytest

from rtwidget.abc import Live
from rtwidget.errors import ConnectionLostError
from rtwidget.local import LocalBackend
from tests.integration.postgres.conftest import OpenSource, announced
from tests.integration.postgres.watching import end_of, upcoming

pytestmark = pytest.mark.usefixtures("quick_beat")


@pytest.fixture
def quick_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.BEAT_S", 0.3)


@pytest.fixture
def types(backend: LocalBackend, name: str) -> Iterator[None]:
    backend.sql(
        f"create type mood_{name} as enum ('ok', 'sad'); create domain said_{name} as mood_{name};"
        f"create type inner_{name} as (x int); create type outer_{name} as (i inner_{name}[], n int)"
    )
    yield
    backend.sql(
        f"drop table if exists {name}; drop type outer_{name}; drop type inner_{name};"
        f"drop domain said_{name}; drop type mood_{name}"
    )


@pytest.mark.usefixtures("types")
@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("mood_{0}", "alter type mood_{0} rename value 'ok' to 'fine'"),
        ("said_{0}[]", "alter type mood_{0} rename value 'ok' to 'fine'"),
        ("outer_{0}", "alter type outer_{0} rename attribute n to total"),
        ("outer_{0}", "alter type outer_{0} add attribute more int"),
        ("outer_{0}[]", "alter type inner_{0} rename attribute x to y"),
    ],
)
async def test_an_altered_type_ends_the_stream(
    backend: LocalBackend, name: str, open_source: OpenSource, column: str, change: str
) -> None:
    announced(backend, name, f"id int primary key, value {column.format(name)}")
    async with aclosing((await open_source()).notifications()) as events:
        assert await upcoming(events) == Live(ends_with_connection=True)
        backend.sql(change.format(name))
        error = await end_of(events)
    assert isinstance(error, ConnectionLostError)
    assert "altered" in error.message
