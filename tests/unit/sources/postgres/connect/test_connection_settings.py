"""What libpq adds to a connection string, in its own order."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtwidget.sources.postgres.connect.connection_settings import completed
from tests.unit.sources.postgres.connect.test_address import no_environment

__all__ = ["no_environment"]  # a fixture that every test here uses


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "services.conf"
    file.write_text(
        "[other]\nhost=wrong\n[mine]\nhost=far\nport=6000\npassword=hunter2\n[last]\nport=1\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    return file


def test_what_is_written_counts_most_then_the_service_then_the_environment(
    service: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("PGHOST", "around"), ("PGPORT", "7000"), ("PGUSER", "ada")):
        monkeypatch.setenv(name, value)
    found = completed({"service": "mine", "port": "5000", "host": ""})
    assert (found["host"], found["port"], found["user"]) == ("far", "5000", "ada")
    assert found["servicefile"] == str(service)


@pytest.mark.usefixtures("service")
def test_a_service_files_password_stays_there() -> None:
    assert "hunter2" not in repr(completed({"service": "mine"}))
    assert "host" not in completed({"service": "nobody"})


def test_a_service_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    given = {"service": "mine", "servicefile": str(tmp_path / "none")}
    assert completed(given) == given
