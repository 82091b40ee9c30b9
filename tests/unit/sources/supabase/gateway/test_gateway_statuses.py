"""What proxies, certificates and gateways say instead of an answer reaches the user, and no more than that."""

from __future__ import annotations

import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import ErrorKind
from rtwidget.sources.supabase.errors import rest_error
from rtwidget.sources.supabase.gateway.gateway_statuses import no_rows_error
from rtwidget.sources.supabase.realtime.connection_refusals import handshake_error

T, USER = ErrorKind.TRANSIENT, ErrorKind.NEEDS_USER


TABLE = TableQuery("public", "t")


PAGE = b"<!DOCTYPE html><title>522: Connection\n timed out</title>" + b"x" * 50_000


@pytest.mark.parametrize(
    ("status", "headers", "body", "kind", "words"),
    [
        (540, {}, b'{"message":"Project paused"}', USER, ("is paused", "HTTP 540: Project paused")),
        (540, {}, b"", USER, ("is paused", "Restore it", "t.refresh()")),
        (402, {}, b'{"message":"exceed_egress_quota"}', USER, ("exceed_egress_quota", "billing")),
        (407, {}, b"", USER, ("proxy", "HTTPS_PROXY", "user:password@")),
        (301, {"location": "https://new.test/a?key=s3cret"}, b"", USER, ("https://new.test", "URL")),
        (302, {"location": "https://login.test/x?t=s3cret"}, b"", T, ("https://login.test", "browser")),
        (302, {"location": "http://[broken"}, b"", T, ("an address that is none",)),
        (307, {}, b"", T, ("nowhere",)),
        (308, {"location": "/other"}, b"", USER, ("another path",)),
        (522, {}, PAGE, T, ("Cloudflare", "in time", "HTTP 522: Connection timed out")),
        (530, {}, b"<title>Origin DNS error</title>", T, ("does not know", "Origin DNS error")),
        (544, {}, b"", T, ("waited too long",)),
        (502, {}, b"<html>", T, ("HTTP 502",)),
        (598, {}, b"upstream gone", T, ("does not answer", "upstream gone")),
    ],
)  # fmt: skip
def test_statuses_say_what_they_mean_for_reads_and_for_realtime(
    status: int, headers: dict[str, str], body: bytes, kind: ErrorKind, words: tuple[str, ...]
) -> None:
    for error in (
        rest_error(status, headers, body, TABLE),
        handshake_error(status, None, headers, body),
    ):
        said = f"{error.message} {error.hint}"
        assert all(word in said for word in words), said
        assert error.kind is kind
        assert "s3cret" not in said
        assert len(said) < 700


def test_a_page_or_anything_else_that_came_with_a_good_status() -> None:
    hotel = no_rows_error(b"<html><title>Welcome</title>")
    assert ("HTML" in hotel.message, "Welcome" in hotel.message, hotel.kind) == (True, True, T)
    assert "it moved" in no_rows_error(b'{"message":"it moved"}').message
    assert "page" in handshake_error(200, None, {}, b"<title>Welcome</title>").message
