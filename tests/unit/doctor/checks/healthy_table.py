"""A healthy table as the catalog describes it, for tests that break one thing of it."""

from __future__ import annotations

from typing import Any

from rtwidget.doctor.postgres.catalog_facts import Facts, Policy, Role

ROLE = Role("web", False, False, False, True, (), (Policy("all", True, "true"),))  # noqa: FBT003


HEALTHY: dict[str, Any] = {
    "kind": "r",
    "owner": "postgres",
    "partition": False,
    "role": ROLE,
    "columns": ("id", "n"),
    "key": ("id",),
    "row_security": True,
    "forced": False,
    "invoker": False,
    "identity": "d",
    "identity_columns": (),
    "publications": (),
    "wal_level": "logical",
    "standby": False,
    "version": "17.2",
    "rows": 3.0,
    "tls": True,
    "now": 1.0,
}


def facts(**other: Any) -> Facts:
    return Facts(**{**HEALTHY, **other})


def role(**other: Any) -> Role:
    return Role(**{**{name: getattr(ROLE, name) for name in ROLE.__struct_fields__}, **other})
