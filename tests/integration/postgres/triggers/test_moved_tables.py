"""A table that is renamed or goes to another schema: writes succeed, and each name is enabled and disabled for itself."""

from __future__ import annotations

import pytest

from rtwidget.local import LocalBackend
from rtwidget.sources.postgres import setup
from tests.integration.postgres.ear import Ear
from tests.integration.postgres.triggers.test_altered_tables import KEYS, write


@pytest.mark.parametrize("moved", ["rename to moved_{0}", "set schema other"])
def test_a_table_that_went_elsewhere_is_written_to(
    backend: LocalBackend, enabled: str, ear: Ear, moved: str
) -> None:
    schema, table = ("other", enabled) if "schema" in moved else ("public", f"moved_{enabled}")
    backend.sql("drop schema if exists other cascade; create schema other")
    backend.sql(f"alter table {enabled} {moved.format(enabled)}")
    try:
        write(backend, f"{schema}.{table}")
        assert ear.payloads()[0] == KEYS
        found = setup.status(table, backend.dsn, schema=schema)
        assert not found.enabled
        assert f"rtwidget postgres enable {table}" in found.mend
        setup.disable(enabled, backend.dsn)
        write(backend, f"{schema}.{table}")
        assert ear.payloads() == []
        setup.enable(table, backend.dsn, schema=schema)
        assert setup.status(table, backend.dsn, schema=schema).enabled
    finally:
        setup.disable(table, backend.dsn, schema=schema)
        backend.sql(f"drop table {schema}.{table}; drop schema other")
