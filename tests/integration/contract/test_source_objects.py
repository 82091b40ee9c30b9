"""One object for many tables, on real servers: they share what equal flat arguments share."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import pytest

from rtwidget import Postgres, Supabase, live_table
from rtwidget.local import LocalBackend
from tests.integration.contract.conftest import TABLE


@pytest.mark.parametrize("kind", ["supabase", "postgres"])
def test_tables_of_an_object_and_of_its_short_form_are_one(
    numbered: LocalBackend, kind: str
) -> None:
    numbered.sql(f"insert into {TABLE} values (1, 'a')")
    source: Supabase | Postgres
    short: dict[str, Any]
    if kind == "supabase":
        short = {"url": numbered.url, "key": numbered.anon_key}
        source = Supabase(**short)
    else:
        short = {"source": numbered.dsn}
        source = Postgres(numbered.dsn)
    with ExitStack() as stack:
        tables = [
            stack.enter_context(live_table(TABLE, **options))
            for options in ({"source": source}, {"source": source}, short)
        ]
        for table in tables:
            table.wait_ready()
            table.wait_for(lambda df: len(df) == 1)
        feeds = {id(table._handle._attachment._lease.feed) for table in tables}  # type: ignore[union-attr]
        assert len(feeds) == 1
        numbered.sql(f"insert into {TABLE} values (2, 'b')")
        for table in tables:
            table.wait_for(lambda df: list(df["text"]) == ["a", "b"])


def test_the_doctor_takes_the_objects(numbered: LocalBackend) -> None:
    database = Postgres(numbered.dsn)
    project = Supabase(url=numbered.url, key=numbered.anon_key)
    with live_table(TABLE, source=project) as table:
        table.wait_ready()
        assert table.access.role == "anon"
        checks = [finding.check for finding in table.doctor(dsn=database)]
    # Only the catalog knows them.
    assert {"publication", "policies"} <= set(checks), checks
    with live_table(TABLE, source=database) as table:
        table.wait_ready()
        assert not table.doctor().problems
