"""The doctor's round trip, its command and `t.access` on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rtwidget import cli
from rtwidget.abc import TableQuery
from rtwidget.doctor import stream_examination
from rtwidget.doctor.finding import Verdict
from rtwidget.doctor.postgres import examination, touch
from rtwidget.errors import ArgumentError
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.listen.channel import function_of
from tests.integration.postgres.conftest import Examine, OpenTable, announced, not_ok, until_state
from tests.integration.postgres.proxy import Proxy


@pytest.mark.parametrize(
    ("write", "said"),
    [(99, "No row was changed"), ("x", "invalid input"), ((1, 2), "write has 2 parts")],
)
def test_a_row_that_cannot_be_touched(
    table: str, examined: Examine, write: object, said: str
) -> None:
    report = examined(write=write)
    assert not_ok(report) == {"round trip": Verdict.WARNING}
    assert said in report["round trip"].said


def test_a_role_that_may_only_read_and_columns_that_take_no_value(
    backend: LocalBackend, name: str, examined: Examine
) -> None:
    columns = "id int generated always as identity primary key, g int generated always as (1) stored, n int"
    announced(backend, name, columns)
    backend.sql(f"insert into {name} (n) values (5)")
    assert examined(write=1)["round trip"].verdict is Verdict.OK
    backend.sql(f"revoke update on {name} from authenticated")
    assert "The role web may not change" in examined(write=1)["round trip"].said


def test_a_change_that_is_not_heard(
    table: str, web: str, examined: Examine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_examination, "HEARD_S", 1.0)
    with Proxy(web) as proxy:

        async def touch_unheard(
            address: Address, wanted: TableQuery, values: Sequence[str]
        ) -> None:
            # A pooler that lends the connection to somebody else after it was proven.
            proxy.drops_notifications = True
            await touch.touch(address, wanted, values)

        monkeypatch.setattr(examination, "touch", touch_unheard)
        assert not_ok(examined(source=proxy.dsn)) == {}
        report = examined(source=proxy.dsn, write=2)
    assert not_ok(report) == {"round trip": Verdict.PROBLEM}
    assert f"rtwidget postgres enable {table}" in report["round trip"].mend


def test_a_function_that_says_nothing(backend: LocalBackend, table: str, examined: Examine) -> None:
    backend.sql(
        f"create or replace function {function_of('public', table)}() returns trigger language plpgsql"
        " as 'begin return null; end'"
    )
    report = examined(write=2)
    assert not_ok(report) == {"triggers": Verdict.PROBLEM}
    assert f"Enable it again: run `rtwidget postgres enable {table}" in report["triggers"].mend
    setup.enable(table, backend.dsn)
    assert not_ok(examined(write=2)) == {}


def test_the_catalogs_connection_string_is_for_supabase(table: str, examined: Examine) -> None:
    with pytest.raises(ArgumentError, match="for tables of Supabase"):
        examined(dsn="postgresql://x@localhost/y")


def test_the_command(
    backend: LocalBackend, table: str, web: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["doctor", table, "--source", web]) == 0
    assert "no problem found" in capsys.readouterr().out
    backend.sql(f"drop trigger rtwidget_delete on {table}")
    assert cli.main(["doctor", table, "--source", web]) == 1
    assert "✗ problem  triggers" in capsys.readouterr().out
    assert cli.main(["doctor", table, "--source", "nonsense"]) == 1
    assert "no PostgreSQL connection string" in capsys.readouterr().err


def test_access_says_as_which_role_it_is_read(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    mine, everything = open_table().wait_ready(), open_table(source=backend.dsn).wait_ready()
    until_state(mine, "live")
    access = mine.access
    assert (access.role, access.service_key, access.bypasses_row_security) == ("web", False, False)
    assert access.agrees is True
    assert "3 rows are visible" in repr(access)
    access = everything.access
    assert (access.role, access.bypasses_row_security) == ("postgres", True)
    assert "a superuser, whom nothing binds" in repr(access)
    report = mine.doctor(write=1)
    assert not_ok(report) == {}
    assert report["state"].verdict is Verdict.OK
