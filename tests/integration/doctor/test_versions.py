"""The servers' versions stand in the report where anybody tells them."""

from __future__ import annotations

from rtwidget.local import LocalBackend
from tests.integration.doctor.conftest import Examine


def test_the_servers_versions_are_told_where_they_are_known(
    backend: LocalBackend, table: str, examined: Examine
) -> None:
    postgres = backend.sql("show server_version")[0][0]
    # As behind Supabase's gateway the header is another's, and the description is open to the service key alone.
    hidden = "There: PostgREST (it does not tell), Realtime (it never tells)"
    assert f"{hidden}. Here:" in examined()["versions"].said
    assert f"{hidden}, PostgreSQL {postgres}. Here:" in examined(dsn=backend.dsn)["versions"].said
    assert "There: PostgREST local," in examined(key=backend.service_key)["versions"].said
