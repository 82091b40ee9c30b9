"""What a connection that was not made means: certificates, proxies, networks."""

from __future__ import annotations

import ssl
from socket import gaierror

import httpx
import pytest
from websockets.datastructures import Headers
from websockets.exceptions import InvalidProxyStatus
from websockets.http11 import Response

from rtwidget.errors import ErrorKind
from rtwidget.sources.supabase.gateway.certificates import connection_error

T, USER = ErrorKind.TRANSIENT, ErrorKind.NEEDS_USER


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
