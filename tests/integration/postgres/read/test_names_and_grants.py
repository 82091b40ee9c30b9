"""What is said of names that are not there, of columns that may not be read, and of views."""

from __future__ import annotations

import pytest

from rtwidget.errors import (
    ArgumentError,
    ColumnNotFoundError,
    PermissionDeniedError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from rtwidget.widget.live_table import LiveTable
from tests.integration.postgres.conftest import Examine, OpenSource, OpenTable, until_state


async def refusal(open_source: OpenSource, *names: str, **options: object) -> SourceError:
    """Return what describing a table raises."""
    with pytest.raises(SourceError) as raised:
        await (await open_source(*names, **options)).describe()
    return raised.value


def remedy(table: LiveTable) -> str:
    """Return the hint of what is wrong."""
    error = table.status.error
    assert error is not None
    return error.hint


@pytest.fixture
def staff(backend: LocalBackend, name: str) -> str:
    """A table of which the ordinary role may read two columns."""
    backend.sql(
        f"create table {name} (id int primary key, name text, salary int); revoke all on {name} from authenticated;"
        f"grant select (id, name) on {name} to authenticated; insert into {name} values (1, 'ada', 10)"
    )
    return name


async def test_columns_that_may_be_read_are_proposed(staff: str, open_source: OpenSource) -> None:
    error = await refusal(open_source)
    assert isinstance(error, PermissionDeniedError)
    assert "may not read salary" in error.message
    assert '`columns=["id", "name"]`' in error.hint
    assert f'grant select ("salary") on "public"."{staff}" to "web";' in error.hint
    for option in ({"filter": "salary=gt.1"}, {"order_by": "salary"}, {"version": "salary"}):
        error = await refusal(open_source, columns=["name"], **option)
        assert f"`{next(iter(option))}=`" in error.hint


def test_the_doctor_proposes_the_same(staff: str, examined: Examine) -> None:
    report = examined()
    assert report["grants"].mend == 'Pass `columns=["id", "name"]`.'
    assert '`columns=["id", "name"]`' in " ".join(one.mend for one in report.problems)


async def test_a_key_that_may_not_be_read_is_named(
    backend: LocalBackend, staff: str, open_source: OpenSource
) -> None:
    backend.sql(f"revoke select (id) on {staff} from authenticated")
    error = await refusal(open_source, columns=["name"])
    assert "may not read id" in error.message
    assert "`primary_key=`" in error.hint


def test_a_column_that_comes_without_a_grant_and_one_whose_grant_goes(
    backend: LocalBackend, staff: str, open_table: OpenTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.sources.postgres.listen.listen.BEAT_S", 0.2)
    backend.sql(f"grant select (salary) on {staff} to authenticated")
    setup.enable(staff, backend.dsn)
    table = open_table()
    until_state(table, "live")
    backend.sql(f"alter table {staff} add column iban text")
    until_state(table, "failed")
    assert '`columns=["id", "name", "salary"]`' in remedy(table)
    backend.sql(f"alter table {staff} drop column iban")
    table.refresh()
    until_state(table, "live")
    backend.sql(f"revoke select (salary) on {staff} from authenticated")
    until_state(table, "failed")
    assert '`columns=["id", "name"]`' in remedy(table)


async def test_what_a_view_reads_is_what_is_to_be_granted(
    backend: LocalBackend, staff: str, open_source: OpenSource
) -> None:
    backend.sql(
        f"create view v_{staff} with (security_invoker = true) as select salary from {staff}"
    )
    source = await open_source(f"v_{staff}", primary_key="salary")
    with pytest.raises(PermissionDeniedError) as raised:
        await source.read_page(None, None, 1)
    assert f'grant select on "{staff}" to "web";' in raised.value.hint


@pytest.mark.parametrize(
    ("named", "options", "meant"),
    [
        ("oders", {}, "'orders'"),
        ("Orders", {}, "'orders'"),
        ("order", {}, "'orders'"),
        ("shop.orders_there", {}, "'orders_there', schema='shop'"),
        ("orders_there", {}, "'orders_there', schema='shop'"),
        ("orders_ther", {"schema": "shop"}, "'orders_there', schema='shop'"),
        ("orders_there", {"schema": "shopp"}, "'orders_there', schema='shop'"),
    ],
)
async def test_the_name_that_was_meant(
    backend: LocalBackend,
    web: str,
    open_source: OpenSource,
    *,
    named: str,
    options: dict[str, str],
    meant: str,
) -> None:
    backend.sql(
        "create table orders (id int primary key); create schema shop; grant usage on schema shop to authenticated;"
        "create table shop.orders_there (id int primary key); grant select on shop.orders_there to authenticated"
    )
    try:
        error = await refusal(open_source, named, **options)
        assert isinstance(error, TableNotFoundError)
        assert f"Perhaps you meant `{meant}`" in error.hint
        with pytest.raises(TableNotFoundError, match="Perhaps you meant"):
            setup.status(named, web, schema=options.get("schema", "public"))
    finally:
        backend.sql("drop table orders; drop schema shop cascade")


async def test_nobody_is_told_of_tables_that_may_not_be_read(
    backend: LocalBackend, open_source: OpenSource
) -> None:
    backend.sql(
        "create table secrets (id int primary key); revoke all on secrets from authenticated"
    )
    try:
        assert "secrets" not in (await refusal(open_source, "secret")).hint
        assert "`schema=`" in (await refusal(open_source, "nothing_like_it")).hint
    finally:
        backend.sql("drop table secrets")


async def test_a_mistyped_column(
    backend: LocalBackend, staff: str, open_source: OpenSource
) -> None:
    error = await refusal(open_source, columns=["nmae"])
    assert isinstance(error, ColumnNotFoundError)
    assert error.hint == "Perhaps you meant 'name'. Its columns are id, name."
    error = await refusal(open_source, filter="salry=eq.1")
    assert "salary" not in error.hint


def test_a_view_is_polled_and_the_tables_below_it_are_named(
    backend: LocalBackend, name: str, open_table: OpenTable, examined: Examine
) -> None:
    backend.sql(
        f"create table {name} (id int primary key); create view v_{name} as select id from {name};"
        f"create view w_{name} as select id from v_{name}"
    )
    table = open_table(f"w_{name}", primary_key="id")
    until_state(table, "polling")
    assert "A view is polled" in remedy(table)
    assert f"public.{name}" in remedy(table)
    with pytest.raises(ArgumentError, match=f"(?s)is a view.* no publication.*public.{name}"):
        setup.enable(f"w_{name}", backend.dsn)
    assert f"public.{name}" in examined(f"w_{name}", primary_key="id")["triggers"].mend
