"""What a policy or a view does to a read of a real database: `failed` only where no time mends it, with the remedy that works."""

from __future__ import annotations

import pytest

from rtwidget.errors import RtwidgetError
from rtwidget.local import LocalBackend
from tests.integration.table.conftest import OpenTable, publish, until_state, until_true
from tests.patience import PATIENCE_S


def test_a_policy_that_reads_its_own_table_needs_the_user(
    backend: LocalBackend, open_table: OpenTable, name: str
) -> None:
    publish(backend, name, "id int primary key")
    backend.sql(f"alter table {name} enable row level security")
    backend.sql(
        f"create policy p on {name} for select using (exists (select 1 from {name} where id = 1))"
    )
    table = open_table()
    until_state(table, "failed")
    with pytest.raises(RtwidgetError, match="`security definer`"):
        table.wait_ready(PATIENCE_S)
    backend.sql(f"drop policy p on {name}")
    backend.sql(f"create policy p on {name} for select using (true)")
    table.refresh()
    table.wait_ready(PATIENCE_S)


@pytest.mark.parametrize("source", ["supabase", "postgres"])
def test_a_materialized_view_without_rows_is_waited_for(
    backend: LocalBackend, open_table: OpenTable, name: str, source: str
) -> None:
    backend.sql(f"create table {name} (id int primary key)")
    view = f"{name}_{source}"
    backend.sql(f"create materialized view {view} as select id from {name} with no data")
    backend.sql(f"grant select on {view} to anon")
    options = {"source": backend.dsn, "url": None, "key": None} if source == "postgres" else {}
    table = open_table(view, primary_key="id", **options)

    def told() -> bool:
        error = table.status.error
        return error is not None and f'`refresh materialized view "{view}";`' in error.hint

    until_true(told, "the remedy is told")
    assert table.status.state != "failed"
    backend.sql(f'refresh materialized view "{view}"')
    table.wait_ready(PATIENCE_S)
