"""What servers tell of their versions, and what they put in its place."""

from __future__ import annotations

import pytest

from rtwidget.doctor.versions import (
    check_versions,
    supabase_servers,
    version_in_description,
    version_in_header,
)


@pytest.mark.parametrize("header", ["", "cloudflare", "kong/2.8.1", "postgrest/", "postgrest/x"])
def test_another_server_is_not_taken_for_it(header: str) -> None:
    assert version_in_header(header) is None


@pytest.mark.parametrize(
    ("body", "version"),
    [
        (b'{"swagger": "2.0", "info": {"title": "x", "version": "12.2.3"}}', "12.2.3"),
        (b'{"info": {"version": "13.0.4 (pre)"}}', "13.0.4"),
        (b'{"info": {"version": "<b>"}}', None),
        (b'{"info": {"version": 3}}', None),
        (b'{"info": {}}', None),
        (b"[" * 100_000, None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_a_description_tells_or_does_not(body: bytes, version: str | None) -> None:
    assert version_in_description(body) == version


def test_what_is_not_told_is_said_to_be_so() -> None:
    said = check_versions(supabase_servers(None, "17.6")).said
    assert (
        "There: PostgREST (it does not tell), Realtime (it never tells), PostgreSQL 17.6." in said
    )
    for package in ("rtwidget", "pandas", "anywidget", "ipykernel"):
        assert f"{package} " in said
    assert "There" not in check_versions([]).said
