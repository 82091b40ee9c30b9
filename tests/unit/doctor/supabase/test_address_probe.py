"""The first request to a project's URL, made to a real server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from rtwidget.doctor.supabase.address_probe import probe_address
from rtwidget.doctor.versions import (
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
    answer = asyncio.run(probe_address(checked_endpoint(url, None, insecure=False), lambda: 0.0))
    assert version_in_header(answer.server) == "12.2.3"
