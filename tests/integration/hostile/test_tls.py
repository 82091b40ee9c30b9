"""A server that cannot prove its name gets no key: neither the REST API nor Realtime."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.integration.certificates import self_signed
from tests.integration.hostile.conftest import OpenTable, until
from tests.integration.hostile.liar import Liar


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[Liar]:
    """A server whose certificate nobody signed but itself."""
    with Liar(self_signed(tmp_path / "certificate.pem", "127.0.0.1")) as running:
        yield running


def test_the_rest_api_of_an_impostor_gets_no_key(impostor: Liar, open_table: OpenTable) -> None:
    table = open_table(url=impostor.url)
    until(table, lambda: table.status.error is not None, "An error")
    assert table.status.state.value == "failed"
    problem = table.status.error
    assert problem is not None
    assert "The certificate of 127.0.0.1" in problem.message
    assert "`SSL_CERT_FILE`" in problem.hint
    address = table.doctor()["address"]
    assert (address.said, address.mend) == (problem.message, problem.hint)
    assert impostor.asked == 0
    assert len(table._handle.snapshot()) == 0


def test_a_certificate_for_another_host_is_said_to_be_one(
    open_table: OpenTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    with Liar(self_signed(tmp_path / "certificate.pem", "elsewhere.test")) as elsewhere:
        table = open_table(url=elsewhere.url)
        until(table, lambda: table.status.error is not None, "An error")
        assert "for another host" in str(table.status.error)
        assert elsewhere.asked == 0


def test_realtime_of_an_impostor_gets_no_key(
    liar: Liar, impostor: Liar, open_table: OpenTable
) -> None:
    address = impostor.url.replace("https://", "wss://")
    table = open_table(realtime_url=f"{address}/realtime/v1/websocket")
    until(table, lambda: table.status.state.value == "polling", "Polling")
    assert "`SSL_CERT_FILE`" in str(table.status.error)
    assert impostor.asked == 0
    assert len(table.df) == 2


def test_whoever_trusts_the_certificate_is_served(impostor: Liar, tmp_path: Path) -> None:
    trusting = ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))
    answer = httpx.get(f"{impostor.url}/rest/v1/t", verify=trusting, trust_env=False)
    assert len(answer.json()) == 2
    assert impostor.asked == 1


def test_the_environment_says_whom_to_trust_on_this_machine_too(
    impostor: Liar, open_table: OpenTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    # A proxy is not asked for what is here.
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    table = open_table(url=impostor.url)
    until(table, lambda: table.status.state.value == "live", "Live")
    assert len(table.df) == 2
    assert "over TLS" in table.doctor()["address"].said


def test_certificates_that_cannot_be_read_are_said_to_be_so(
    impostor: Liar, open_table: OpenTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "absent.pem"))
    table = open_table(url=impostor.url)
    until(table, lambda: table.status.state.value == "failed", "Failing")
    assert "SSL_CERT_FILE" in str(table.status.error)
    assert impostor.asked == 0
