"""As whom a PostgreSQL table is read."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.doctor.access_report import Access, Seen
from rtwidget.doctor.postgres import access
from rtwidget.doctor.postgres.access import access_of_postgres
from tests.requested import requested
from tests.unit.doctor.checks.healthy_table import facts, role

LIVE = Seen(3, is_live=True, unannounced=0)


async def found(monkeypatch: pytest.MonkeyPatch, seen: Seen = LIVE, **catalog: Any) -> Access:
    async def ask(_: object, schema: str, table: str) -> object:
        assert (schema, table) == ("s", "t")
        return facts(**catalog)

    monkeypatch.setattr(access, "ask_catalog", ask)
    request = requested("t", schema="s", source="host=h user=me", insecure=True)
    told = await access_of_postgres(request, seen)
    assert told is not None
    return told


async def test_the_role_is_the_one_that_the_server_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    told = await found(monkeypatch)
    assert (told.table, told.role, told.claims, told.service_key) == ("t", "web", (), False)
    assert (told.bypasses_row_security, told.agrees) == (False, True)
    checks = [finding.check for finding in told.findings]
    assert checks[0] == "credentials"
    assert checks[-2:] == ["rows", "agreement"]
    assert len(checks) == 5


@pytest.mark.parametrize(
    ("catalog", "bypasses"),
    [
        ({"role": role(bypasses=True)}, True),
        ({"role": role(superuser=True), "row_security": False}, False),
        ({"role": role(owns=True)}, True),
        ({"role": role(owns=True), "forced": True}, False),
    ],
)
async def test_only_policies_that_are_there_can_be_bypassed(
    monkeypatch: pytest.MonkeyPatch, catalog: dict[str, Any], *, bypasses: bool
) -> None:
    assert (await found(monkeypatch, **catalog)).bypasses_row_security is bypasses


async def test_without_notifications_nothing_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await found(monkeypatch, Seen(3, is_live=False, unannounced=0))).agrees is None
    assert (await found(monkeypatch, Seen(3, is_live=True, unannounced=2))).agrees is False
    assert (await found(monkeypatch, role=None)).role is None


async def test_a_request_for_another_source_is_somebody_elses() -> None:
    request = requested("t", url="https://abcdefghijklmnopqrst.supabase.co", key="sb_publishable_x")
    assert await access_of_postgres(request, LIVE) is None
