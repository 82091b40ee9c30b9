"""What proxies, certificates and gateways say instead of an answer reaches the user, and no more than that."""

from __future__ import annotations

import json
import ssl
from socket import gaierror

import httpx
import pytest
from websockets.datastructures import Headers
from websockets.exceptions import InvalidProxyStatus
from websockets.http11 import Response

from rtwidget.abc import TableQuery
from rtwidget.errors import ErrorKind, SourceError
from rtwidget.sources.supabase.errors import rest_error
from rtwidget.sources.supabase.gateway.certificates import connection_error
from rtwidget.sources.supabase.gateway.gateway_statuses import no_rows_error
from rtwidget.sources.supabase.gateway.refusal_body import Said, said_in
from rtwidget.sources.supabase.realtime.refusals import handshake_error

T, USER = ErrorKind.TRANSIENT, ErrorKind.NEEDS_USER
TABLE = TableQuery("public", "t")
PAGE = b"<!DOCTYPE html><title>522: Connection\n timed out</title>" + b"x" * 50_000


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"code":429,"message":"Too fast."}', Said("429", "Too fast", is_json=True)),
        (b'{"error":{"code":"b","message":"no"}}', Said("b", "no", is_json=True)),
        (b'{"error":"bad","error_description":"why"}', Said(None, "why", is_json=True)),
        (b'{"errors":[{"code":1003,"message":"direct"}]}', Said("1003", "direct", is_json=True)),
        (b'{"message":"m","hint":"do."}', Said(None, "m", "do", is_json=True)),
        (b'{"title":"Gone","status":451}', Said("451", "Gone", is_json=True)),
        (b'[{"message":"in a list"}]', Said(None, "in a list", is_json=True)),
        (b'{"message":5,"code":true}', Said(is_json=True)),
        (PAGE, Said(None, "522: Connection timed out", is_page=True)),
        (b"URI too long\n", Said(None, "URI too long")),
        (b"a\x1b[31mb\x00", Said(None, "a [31mb")),
        (b"x" * 50_000, Said()),
        (b"", Said()),
        (b"\xff\xfe", Said(None, "\ufffd\ufffd")),
    ],
)
def test_the_words_of_a_body(body: bytes, said: Said) -> None:
    assert said_in(body) == said


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


def test_what_only_the_api_can_mean_keeps_its_words() -> None:
    blocked = rest_error(403, {}, b'{"error":{"code":"x","message":"IP not allowed"}}', TABLE)
    assert "IP not allowed" in blocked.message
    busy = rest_error(429, {"retry-after": "2"}, b'{"code":429,"message":"Slow down"}', TABLE)
    assert (busy.retry_after_s, "Slow down" in busy.message) == (2.0, True)
    legacy = rest_error(401, {}, b'{"message":"Legacy keys are off","hint":"Use others"}', TABLE)
    assert ("Legacy keys are off" in legacy.message, legacy.hint[:11]) == (True, "Use others.")


def test_a_page_or_anything_else_that_came_with_a_good_status() -> None:
    hotel = no_rows_error(b"<html><title>Welcome</title>")
    assert ("HTML" in hotel.message, "Welcome" in hotel.message, hotel.kind) == (True, True, T)
    assert "it moved" in no_rows_error(b'{"message":"it moved"}').message
    assert "page" in handshake_error(200, None, {}, b"<title>Welcome</title>").message


def refused(code: int, message: str) -> httpx.ConnectError:
    certificate = ssl.SSLCertVerificationError("failed")
    certificate.verify_code, certificate.verify_message = code, message
    error = httpx.ConnectError("failed")
    error.__cause__ = certificate
    return error


@pytest.mark.parametrize(
    ("code", "worked", "kind", "words"),
    [
        (19, False, USER, ("not trusted", "SSL_CERT_FILE")),
        (20, True, T, ("not trusted", "SSL_CERT_FILE")),
        (62, False, USER, ("for another host", "Check the host")),
        (64, False, USER, ("for another host",)),
        (10, False, T, ("out of date", "date")),
    ],
)
def test_certificates(
    code: int,
    worked: bool,  # noqa: FBT001
    kind: ErrorKind,
    words: tuple[str, ...],
) -> None:
    error = connection_error("h:443", refused(code, "OpenSSL's words"), worked=worked)
    assert error.kind is kind
    assert all(word in f"{error.message} {error.hint}" for word in (*words, "OpenSSL's words"))


def caused(by: BaseException) -> OSError:
    error = OSError("outer")
    error.__context__ = by
    return error


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (httpx.ProxyError("407 Proxy Authentication Required"), USER, "wants a login"),
        (httpx.ProxyError("403 Forbidden"), T, "the proxy before it answered HTTP 403"),
        (httpx.ProxyError("Proxy Server could not connect"), T, "ProxyError"),
        (InvalidProxyStatus(Response(407, "", Headers())), USER, "wants a login"),
        (caused(gaierror(-2, "unknown")), T, "nobody knows this name"),
        (caused(ConnectionRefusedError()), T, "the connection was refused"),
        (caused(OSError(101, "to an address")), T, "(Network is unreachable)"),
        (caused(OSError(113, "to an address")), T, "(No route to host)"),
        (caused(ConnectionResetError(104, "x")), T, "(Connection reset by peer)"),
        (caused(ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER]")), T, "encryption"),
        (httpx.ReadError("x"), T, "ReadError"),
    ],
)
def test_connections_that_were_not_made(error: BaseException, kind: ErrorKind, words: str) -> None:
    known = connection_error("h:443", error)
    assert (words in known.message, known.kind) == (True, kind), known.message


def test_a_project_that_is_not_known_any_more_may_be_paused() -> None:
    unknown = caused(gaierror(-2, "unknown"))
    for host in ("ref.supabase.co", "ref.supabase.co:443"):
        assert "paused" in connection_error(host, unknown).hint
        assert "paused" not in connection_error(host, ConnectionRefusedError()).hint
    assert "paused" not in connection_error("db.example", unknown).hint


@pytest.mark.parametrize(
    ("code", "hint", "words"),
    [
        ("PGRST205", "Perhaps you meant the table 'public.proposals'", "public.proposals"),
        ("42703", 'Perhaps you meant to reference the column "t.name".', "t.name"),
        ("PGRST106", "Only the following schemas are exposed: public, api", "public, api"),
    ],
)
def test_what_the_server_suggests_is_passed_on(code: str, hint: str, words: str) -> None:
    body = json.dumps({"code": code, "message": "m", "details": None, "hint": hint}).encode()
    assert words in rest_error(404, {}, body, TABLE).hint


def missing(schema: str, table: str) -> SourceError:
    return rest_error(404, {}, b'{"code":"PGRST205"}', TableQuery(schema, table))


def test_a_name_with_its_schema_is_explained() -> None:
    assert '`"items", schema="app"`' in missing("public", "app.items").hint
    assert "instead of" in missing("other", "app.items").hint
    assert 'schema="' not in missing("public", "items").hint
    assert 'schema="' not in missing("public", ".items").hint
