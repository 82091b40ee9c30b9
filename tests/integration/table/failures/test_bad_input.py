"""Bad input: each ends in a typed error or in the state `failed`, with what happened and what to do."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.errors import (
    ArgumentError,
    AuthenticationError,
    ColumnNotFoundError,
    CredentialsError,
    FilterError,
    KeyNotUniqueError,
    PermissionDeniedError,
    RtwidgetError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.local import LocalBackend
from tests.integration.table.conftest import OpenTable, until_state, until_true

FORGED = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiIsImV4cCI6OTk5OTk5OTk5OX0.Zm9yZ2Vk"


@pytest.mark.parametrize(
    ("options", "expected", "named"),
    [
        ({"key": FORGED}, AuthenticationError, "refused"),
        ({"access_token": FORGED}, AuthenticationError, "refused"),
        ({"table": "no_such_table"}, TableNotFoundError, "no_such_table"),
        ({"schema": "no_such_schema"}, TableNotFoundError, "no_such_schema"),
        ({"columns": ["id", "nope"]}, ColumnNotFoundError, "nope"),
        ({"filter": "nope=eq.1"}, ColumnNotFoundError, "nope"),
        ({"primary_key": "nope"}, ColumnNotFoundError, "nope"),
        ({"types": {"nope": "text"}}, ColumnNotFoundError, "nope"),
        ({"order_by": "nope"}, ColumnNotFoundError, "nope"),
        ({"order_by": "nope", "limit": 5}, ColumnNotFoundError, "nope"),
        ({"filter": {"id": "one"}}, SourceError, "integer"),
        ({"filter": "due=gt.someday"}, SourceError, "date"),
    ],
)
@pytest.mark.usefixtures("no_patience")
def test_what_the_server_refuses_fails_the_table(
    open_table: OpenTable,
    table: str,
    options: dict[str, Any],
    expected: type[RtwidgetError],
    named: str,
) -> None:
    live = open_table(**{"table": table, **options})
    with pytest.raises(expected, match=named) as caught:
        live.wait_ready()
    assert live.status.state.value == "failed"
    assert live.status.error is not None
    assert named in live.status.error.message
    assert live.status.error.hint
    assert caught.value.hint == live.status.error.hint
    with pytest.raises(expected):
        _ = live.df


@pytest.mark.parametrize(
    ("options", "expected", "named"),
    [
        ({"filter": "owner"}, FilterError, "owner"),
        ({"filter": "owner=resembles.ada"}, FilterError, "resembles"),
        ({"filter": 5}, FilterError, "int"),
        ({"filter": {"owner": object()}}, FilterError, "object"),
        ({"limit": 0}, ArgumentError, "limit is 0"),
        ({"limit": -5}, ArgumentError, "limit is -5"),
        ({"limit": 2.5}, ArgumentError, r"limit is 2\.5"),
        ({"verify_every": 0}, ArgumentError, "verify_every is 0"),
        ({"verify_every": float("nan")}, ArgumentError, "verify_every is nan"),
        ({"height": 0}, ArgumentError, "height is 0"),
        ({"numeric": "x"}, ArgumentError, "numeric is 'x'"),
        ({"order_by": "id.sideways"}, ArgumentError, "sideways"),
        ({"columns": []}, ArgumentError, "columns"),
        ({"types": {"id": "nomber"}}, ArgumentError, "nomber"),
        ({"url": "nowhere"}, CredentialsError, "url"),
        ({"url": "http://db.example"}, CredentialsError, "in the clear"),
        ({"key": "a key"}, CredentialsError, "key"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_starts(
    backend: LocalBackend,
    open_table: OpenTable,
    options: dict[str, Any],
    expected: type[RtwidgetError],
    named: str,
) -> None:
    with pytest.raises(expected, match=named) as caught:
        open_table("anything", **options)
    assert caught.value.message
    assert caught.value.hint
    assert isinstance(caught.value, ValueError)


def test_a_key_that_names_two_rows_fails_the_table(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    backend.sql(f"create table {name} (id int primary key, code text)")
    backend.sql(f"insert into {name} values (1, 'a'), (2, 'a')")
    with pytest.raises(KeyNotUniqueError, match="code"):
        open_table(primary_key="code").wait_ready()


def test_a_table_that_may_not_be_read_says_what_to_grant(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    backend.sql(f"revoke select on {table} from anon")
    live = open_table()
    with pytest.raises(PermissionDeniedError) as caught:
        live.wait_ready()
    assert f"grant select on public.{table} to anon" in caught.value.hint


def test_a_table_that_is_not_published_polls_and_names_the_sql(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    backend.sql(f"insert into {name} values (1)")
    live = open_table().wait_ready()
    assert live.status.state.value == "polling"
    problem = live.status.error
    assert problem is not None
    sql = f'alter publication supabase_realtime add table "public"."{name}";'
    assert f"`{sql}`" in problem.hint
    backend.sql(f"insert into {name} values (2)")
    live.wait_for(lambda df: 2 in df.index)
    backend.sql(sql)
    live.refresh()
    until_state(live, "live")
    assert live.status.error is None
    backend.sql(f"insert into {name} values (3)")
    live.wait_for(lambda df: 3 in df.index)
    until_true(lambda: live.stats.notifications >= 1, "A notification")
