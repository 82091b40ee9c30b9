"""The connection string with which the catalog is asked: wrong ones are refused, and spoil no other line."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.doctor.finding import Verdict
from rtwidget.errors import ArgumentError, CredentialsError
from tests.integration.doctor.conftest import Examine, not_ok


@pytest.mark.parametrize("bad", [5, "no string at all", "postgresql://far.away/db?sslmode=disable"])
def test_a_connection_string_that_cannot_work(table: str, examined: Examine, bad: Any) -> None:
    with pytest.raises(CredentialsError):
        examined(dsn=bad)


def test_a_login_that_is_refused_spoils_no_other_line(
    dsn: str, table: str, examined: Examine
) -> None:
    wrong = dsn.replace("looker:", "looker:hunter2")
    report = examined(dsn=wrong)
    assert not_ok(report) == {"catalog": Verdict.WARNING}
    assert report["subscribed"].verdict is Verdict.OK
    assert "hunter2" not in repr(report) + report._repr_html_()


def test_a_write_that_names_no_row(table: str, examined: Examine) -> None:
    with pytest.raises(ArgumentError, match="names no row"):
        examined(write=(None,))
