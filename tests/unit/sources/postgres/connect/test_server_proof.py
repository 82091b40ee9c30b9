"""Another machine has to prove who it is, in whatever way it was named; only `insecure=True` lets it off."""

from __future__ import annotations

import ssl
from pathlib import Path

import certifi
import pytest
from psycopg.conninfo import conninfo_to_dict

from rtwidget.errors import CredentialsError
from rtwidget.sources.postgres.connect.address import Address, checked_address
from rtwidget.sources.secret import Secret
from tests.unit.sources.postgres.connect.test_address import address, mode, no_environment
from tests.unit.sources.postgres.shown import shown

__all__ = ["no_environment"]  # a fixture that every test here uses

THIS_MACHINE = (
    "",
    "host=/run/postgresql",
    "postgresql://u@127.0.0.1/d",
    "postgresql://u@[::1]/d",
    "host=localhost,127.0.0.2",
    "host=localhost hostaddr=127.0.0.1",
)
ELSEWHERE = (
    "postgresql://u@db.example/d",
    "host=localhost,db.example",
    "hostaddr=10.0.0.5",
    "host=localhost hostaddr=10.0.0.5",
    "host=db.example hostaddr=127.0.0.1",
    "service=unknown",
)


def with_mode(text: str, sslmode: str) -> str:
    if "://" in text:
        return f"{text}?sslmode={sslmode}"
    return f"{text} sslmode={sslmode}"


def root(found: Address) -> str | None:
    value = conninfo_to_dict(found.dsn.reveal()).get("sslrootcert")
    return None if value is None else str(value)


@pytest.mark.parametrize("text", THIS_MACHINE)
def test_this_machine_proves_nothing(text: str) -> None:
    assert mode(text) is None
    found = address(text)
    assert (found.is_local, found.is_proven, root(found)) == (True, False, None)
    for chosen in ("disable", "allow", "prefer", "require", "verify-ca", "verify-full"):
        assert mode(with_mode(text, chosen)) == chosen


@pytest.mark.parametrize("text", ELSEWHERE)
def test_another_machine_proves_who_it_is(text: str) -> None:
    for asked in (text, with_mode(text, "require"), with_mode(text, "verify-full")):
        assert mode(asked) == "verify-full"
        found = address(asked)
        assert (found.is_local, found.is_proven) == (False, True)
        assert Path(root(found) or "").is_file()
    # Whoever has an authority of their own may trust all that it signed; libpq demands its file.
    found = address(with_mode(text, "verify-ca"))
    assert (mode(with_mode(text, "verify-ca")), root(found), found.is_proven) == (
        "verify-ca",
        None,
        True,
    )


@pytest.mark.parametrize("text", ELSEWHERE)
@pytest.mark.parametrize("weak", ["disable", "allow", "prefer"])
def test_nothing_travels_in_the_clear(text: str, weak: str) -> None:
    with pytest.raises(CredentialsError, match="in the clear") as caught:
        address(with_mode(f"{text} password=hunter2" if "=" in text else text, weak))
    assert "`sslmode=verify-full`" in str(caught.value)
    assert "`insecure=True`" in str(caught.value)
    assert "hunter2" not in shown(caught.value)


@pytest.mark.parametrize("text", ELSEWHERE)
def test_insecure_leaves_everything_as_it_was_written(text: str) -> None:
    assert mode(text, insecure=True) is None
    for chosen in ("disable", "require", "verify-full"):
        assert mode(with_mode(text, chosen), insecure=True) == chosen
    # Who demands a proof shares no connection with who does not.
    lax = checked_address(Secret(text), insecure=True)
    assert (lax.is_proven, lax.identity == address(text).identity) == (False, False)


def test_whose_signatures_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    remote = "postgresql://u@db.example/d"
    assert root(address(f"{remote}?sslrootcert=mine.crt")) == "mine.crt"
    mine = tmp_path / "all.pem"
    mine.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(mine))
    assert root(address(remote)) == str(mine)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "absent.pem"))
    nothing = ssl.DefaultVerifyPaths(None, None, "", "", "", "")  # type: ignore[arg-type]
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nothing)
    assert root(address(remote)) == certifi.where()
    # libpq takes these by itself.
    monkeypatch.setenv("PGSSLROOTCERT", "mine.crt")
    assert root(address(remote)) is None
    monkeypatch.delenv("PGSSLROOTCERT")
    own = tmp_path / ".postgresql" / "root.crt"
    own.parent.mkdir()
    own.touch()
    assert (mode(remote), root(address(remote))) == ("verify-full", None)


def test_a_service_file_says_where_it_leads(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "services"
    file.write_text(
        "# mine\n[here]\nhost=localhost\nsslmode=disable\n\n"
        "[there]\nhost=db.example\nport=7000\nuser=me\npassword=hunter2\nsslrootcert=mine.crt\n"
        "[clear]\nhost=db.example\nsslmode=prefer\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    assert (mode("service=here"), address("service=here").is_local) == (None, True)
    there = address("service=there")
    assert (mode("service=there"), root(there), there.host) == (
        "verify-full",
        None,
        "db.example:7000",
    )
    assert "hunter2" not in repr(there) + there.dsn.reveal()
    with pytest.raises(CredentialsError, match=r"db\.example in the clear"):
        address("service=clear")
    # What the string says counts more, and the environment less.
    assert mode("service=clear host=localhost") is None
    monkeypatch.setenv("PGHOST", "localhost")
    assert mode("service=there") == "verify-full"
    monkeypatch.setenv("PGSERVICE", "there")
    assert mode("dbname=d") == "verify-full"
