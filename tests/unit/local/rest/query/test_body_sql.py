"""The aggregate that writes an answer's text, for each media type."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.media import negotiate
from rtwidget.local.rest.query.body_sql import body


@pytest.mark.parametrize(
    ("accept", "written"),
    [
        ("application/json", "coalesce(json_agg(_page), '[]')::text"),
        (
            "application/vnd.pgrst.array+json;nulls=stripped",
            "coalesce(json_strip_nulls(json_agg(_page)), '[]')::text",
        ),
        (
            "application/vnd.pgrst.object+json",
            "coalesce(json_agg(_page) -> 0, 'null')::text",
        ),
        (
            "application/vnd.pgrst.object+json;nulls=stripped",
            "coalesce(json_strip_nulls(json_agg(_page)) -> 0, 'null')::text",
        ),
    ],
)
def test_json(accept: str, written: str) -> None:
    assert body(negotiate(accept)).as_string() == written


def test_other_types_are_made_by_the_database_too() -> None:
    assert "json_object_keys" in body(negotiate("text/csv")).as_string()
    assert "ST_AsGeoJSON" in body(negotiate("application/geo+json")).as_string()
