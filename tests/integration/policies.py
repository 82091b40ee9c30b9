"""Rows that policies show to some, for the tests of row-level security on either source."""

from __future__ import annotations

OWNED = "id int primary key, owner text, n int default 0"
TIMED = "id int primary key, shown tstzrange"


def owned_rows(table: str, reader: str) -> str:
    """Return the SQL that fills a table of columns `OWNED`: 1 to 20 are ada's, 21 to 40 bob's, for their owner's eyes alone.

    Args:
        table: The table's name.
        reader: SQL for who reads.
    """
    return (
        f"insert into {table} (id, owner) select g, case when g <= 20 then 'ada' else 'bob' end from generate_series(1, 40) g;"
        f"alter table {table} enable row level security;"
        f"create policy own on {table} using (owner = {reader})"
    )


def timed_rows(table: str) -> str:
    """Return the SQL that fills a table of columns `TIMED`: 1 is always shown, 2 for three seconds, 3 from then on."""
    return (
        f"insert into {table} values (1, tstzrange(null, null)), (2, tstzrange(null, now() + interval '3 s')),"
        " (3, tstzrange(now() + interval '3 s', null));"
        f"alter table {table} enable row level security;"
        f"create policy timed on {table} for select using (shown @> statement_timestamp())"
    )
