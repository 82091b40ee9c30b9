"""What servers tell of their versions, and what they put in its place."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from rtwidget.doctor.supabase.address_probe import greet
from rtwidget.doctor.versions import (
    judge_versions,
    supabase_servers,
    version_in_description,
    version_in_header,
)
from rtwidget.sources.supabase.endpoint import checked_endpoint


class PostgRest(BaseHTTPRequestHandler):
    """Answers as PostgREST does to somebody without a key."""

    def version_string(self) -> str:
        return "postgrest/12.2.3 (519615d)"

    def do_HEAD(self) -> None:
        self.send_response(401)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its own name)
        """Say nothing on stderr."""


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), PostgRest) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_server_that_names_itself_is_heard(url: str) -> None:
    greeting = asyncio.run(greet(checked_endpoint(url, None, insecure=False), lambda: 0.0))
    assert version_in_header(greeting.server) == "12.2.3"


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
    said = judge_versions(supabase_servers(None, "17.6")).said
    assert (
        "There: PostgREST (it does not tell), Realtime (it never tells), PostgreSQL 17.6." in said
    )
    for package in ("rtwidget", "pandas", "anywidget", "ipykernel"):
        assert f"{package} " in said
    assert "There" not in judge_versions([]).said
