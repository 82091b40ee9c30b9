"""HTTP clients: this machine without a proxy, nobody's cookies, and certificates only where there is TLS."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from rtwidget.sources.supabase.endpoint import Endpoint, checked_endpoint
from rtwidget.sources.supabase.http.http_clients import http_client, trusted_certificates

PROJECT, PLAIN, LOCAL = "https://ref.supabase.co", "http://far.away", "http://localhost:54321"


def at(url: str) -> Endpoint:
    return checked_endpoint(url, None, insecure=True)


def client(url: str) -> httpx.AsyncClient:
    return http_client(at(url), 7.0, trusted_certificates(at(url)))


@pytest.mark.parametrize(("url", "asks"), [(PROJECT, True), (PLAIN, True), (LOCAL, False)])
def test_only_to_this_machine_no_proxy_is_asked(url: str, asks: bool) -> None:  # noqa: FBT001
    made = client(url)
    assert made.trust_env is asks
    assert made.timeout == httpx.Timeout(7.0)


def test_it_takes_no_cookie() -> None:
    made = client(PROJECT)
    answer = httpx.Response(
        200, headers={"set-cookie": "reader=ada; Path=/"}, request=httpx.Request("GET", PROJECT)
    )
    assert answer.cookies["reader"] == "ada"
    made.cookies.extract_cookies(answer)
    assert not list(made.cookies.jar)
    assert "cookie" not in made.build_request("GET", PROJECT).headers


@pytest.mark.parametrize("url", [PROJECT, PLAIN, "https://localhost:54321"])
def test_certificates_that_cannot_be_read_are_said(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate", encoding="ascii")
    monkeypatch.setenv("SSL_CERT_FILE", str(bad))
    with pytest.raises(OSError):  # noqa: PT011  (its text is OpenSSL's)
        trusted_certificates(at(url))


def test_what_has_no_tls_on_this_machine_needs_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate", encoding="ascii")
    monkeypatch.setenv("SSL_CERT_FILE", str(bad))
    trusted_certificates(at(LOCAL))
