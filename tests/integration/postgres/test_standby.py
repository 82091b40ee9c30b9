"""On a read-only standby rows are read and polled, and the status says where to listen."""

from __future__ import annotations

import asyncio
from functools import partial
from urllib.parse import urlsplit

from rtwidget.doctor.examine import examine
from rtwidget.local import LocalBackend
from rtwidget.sources.secret import Secret
from tests.integration.postgres.conftest import OpenTable, announced, until_state
from tests.integration.postgres.standby import standby_of
from tests.integration.postgres.test_table import is_now
from tests.integration.requested import requested


def test_a_standby_polls_and_says_why(
    backend: LocalBackend, web: str, name: str, open_table: OpenTable
) -> None:
    announced(backend, name, "id int primary key, n int")
    backend.sql(f"insert into {name} values (1, 1)")
    with standby_of(backend.dsn) as address:
        source = web.replace(urlsplit(web).netloc.rpartition("@")[2], address)
        table = open_table(source=source, verify_every=1).wait_ready()
        until_state(table, "polling")
        problem = table.status.error
        assert problem is not None
        assert "standby" in problem.message
        assert "target_session_attrs" in problem.hint
        backend.sql(f"insert into {name} values (2, 2)")
        table.wait_for(partial(is_now, [1, 2]))
        table.close()
        report = asyncio.run(examine(requested(name, source=Secret(source))))
        assert "standby" in report["server"].said
        assert "server" in [finding.check for finding in report.problems]
        assert report["rows"].verdict == "ok"
