"""What the API suggests instead of a mistyped name reaches the user, and the local backend suggests as the real one does."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.errors import SourceError
from rtwidget.local import LocalBackend

from .conftest import Open


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"table": "proposal"}, "Perhaps you meant the table 'public.proposals'"),
        ({"table": "PROPOSALS"}, "Perhaps you meant the table 'public.proposals'"),
        ({"table": "app.proposals"}, '`"proposals", schema="app"`'),
        ({"table": "proposals", "columns": ["id", "stat"]}, 'the column "proposals.state"'),
        ({"table": "proposals", "schema": "app"}, "the following schemas are exposed: public"),
    ],
)
async def test_the_nearest_name(
    backend: LocalBackend, opened: Open, arguments: dict[str, Any], words: str
) -> None:
    backend.sql("create table proposals(id int primary key, state text)")
    with pytest.raises(SourceError) as caught:
        await (await opened(**arguments)).describe()
    assert words in caught.value.hint


async def test_nothing_is_suggested_for_what_is_like_nothing(
    backend: LocalBackend, opened: Open
) -> None:
    backend.sql("create table proposals(id int primary key)")
    with pytest.raises(SourceError) as caught:
        await (await opened("weather")).describe()
    assert "Perhaps" not in caught.value.hint
