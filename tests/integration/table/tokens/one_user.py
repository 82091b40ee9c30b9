"""What tests of several tables of one user share."""

from __future__ import annotations

from typing import Any

from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable

SHORT_S = 4.0


class States:
    """Every state that a table is told from now on."""

    attentive = False

    def __init__(self, table: LiveTable) -> None:
        self.seen: list[str] = []
        table._handle.follow(self)

    def changed(self, delta: object) -> None: ...

    def told(self, status: Any) -> None:
        self.seen.append(str(status.state))

    def emptied(self) -> None: ...


def ada(backend: LocalBackend, ttl_s: float = 3600) -> str:
    return backend.token("authenticated", "ada", ttl_s=ttl_s)


def sees_changes(backend: LocalBackend, table: LiveTable, name: str) -> None:
    """Wait until a table shows a change that is made now."""
    n = backend.sql(f"update {name} set n = n + 1 where id = 1 returning n")[0][0]
    table.wait_for(lambda df: bool(df.loc[1, "n"] == n))
