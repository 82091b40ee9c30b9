"""A server on another machine that cannot prove who it is gets no password and shows no row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from rtwidget.doctor.finding import Verdict
from rtwidget.errors import SourceError
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.certificates import self_signed
from tests.integration.postgres.conftest import OpenTable, until_state
from tests.integration.postgres.live_table.test_states import has_keys
from tests.integration.postgres.live_table.test_table import ready
from tests.integration.postgres.tls_front import TlsFront

HOST = "db.example"


@pytest.fixture(autouse=True)
def no_roots_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """libpq looks for them at home."""
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def front(web: str, tmp_path: Path) -> Iterator[TlsFront]:
    """The server, behind a certificate that only those trust who name its file."""
    with TlsFront(web, self_signed(tmp_path / "authority.crt", HOST)) as running:
        yield running


@pytest.mark.parametrize("more", [{}, {"sslmode": "require"}, {"sslmode": "verify-full"}])
def test_an_impostor_is_refused_and_what_to_write_is_said(
    front: TlsFront, table: str, open_table: OpenTable, more: dict[str, str]
) -> None:
    live = open_table(source=front.dsn(HOST, **more))
    until_state(live, "failed")
    problem = live.status.error
    assert problem is not None
    assert "certificate verify failed" in problem.message
    assert "sslmode=verify-full&sslrootcert=" in problem.hint
    assert "`insecure=True`" in problem.hint
    assert front.heard_bytes == 0
    assert len(live._handle.snapshot()) == 0
    with pytest.raises(SourceError, match="certificate verify failed"):
        setup.status(table, front.dsn(HOST, **more))


def test_a_certificate_of_another_host_is_refused(
    front: TlsFront, table: str, open_table: OpenTable, tmp_path: Path
) -> None:
    root = str(tmp_path / "authority.crt")
    live = open_table(source=front.dsn("other.example", sslrootcert=root))
    until_state(live, "failed")
    assert "does not match host name" in str(live.status.error)
    assert front.heard_bytes == 0


@pytest.mark.parametrize("named_by", ["string", "environment"])
def test_whoever_trusts_the_certificate_is_served(
    backend: LocalBackend,
    front: TlsFront,
    table: str,
    open_table: OpenTable,
    monkeypatch: pytest.MonkeyPatch,
    *,
    tmp_path: Path,
    named_by: str,
) -> None:
    root = str(tmp_path / "authority.crt")
    if named_by == "environment":
        monkeypatch.setenv("SSL_CERT_FILE", root)
    live = ready(
        open_table(
            source=front.dsn(HOST, **({"sslrootcert": root} if named_by == "string" else {}))
        )
    )
    backend.sql(f"insert into {table} values (4, 'ada', 4)")
    live.wait_for(partial(has_keys, {1, 2, 3, 4}))
    assert front.heard_bytes > 0
    address = live.doctor()["address"]
    assert address.verdict is Verdict.OK
    assert "has proved who it is" in address.said


def test_insecure_asks_for_no_proof_and_the_doctor_says_so(
    front: TlsFront, table: str, open_table: OpenTable
) -> None:
    live = ready(open_table(source=front.dsn(HOST), insecure=True))
    assert set(live.df.index) == {1, 2, 3}
    address = live.doctor()["address"]
    assert address.verdict is Verdict.WARNING
    assert "insecure=True" in address.mend
