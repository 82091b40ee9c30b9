"""The local backend suggests the names that PostgREST suggests: its own examples, and what it leaves unsaid."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.schema_cache.name_suggestion import nearest

KNOWN = ["projects", "agent_proposals", "Items", "tasks", "x"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("projectx", "projects"),  # from PostgREST's own tests, as the next two
        ("projecxx", "projects"),
        ("projxxxx", None),
        ("agent_proposal", "agent_proposals"),
        ("AGENT_PROPOSALS", "agent_proposals"),
        ("items", "Items"),
        ("task", "tasks"),
        ("nothing", None),
        ("", None),
        ("y", None),
    ],
)
def test_the_nearest_name(name: str, meant: str | None) -> None:
    assert nearest(name, KNOWN) == meant


def test_nothing_is_near_where_nothing_is() -> None:
    assert nearest("items", []) is None
