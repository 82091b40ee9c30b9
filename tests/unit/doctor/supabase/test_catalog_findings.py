"""What the database says of a table: six findings, or a warning that it could not be asked."""

from __future__ import annotations

import pytest

from rtwidget.abc import TableQuery
from rtwidget.doctor.finding import Finding, Verdict
from rtwidget.doctor.postgres.catalog_facts import Facts
from rtwidget.doctor.supabase import catalog_findings
from rtwidget.errors import SourceError, UnreachableError
from rtwidget.sources.postgres.connect.address import Address
from tests.unit.doctor.checks.healthy_table import facts


async def findings(
    monkeypatch: pytest.MonkeyPatch, answer: Facts | SourceError, key: tuple[str, ...] | None = None
) -> tuple[list[Finding], str | None]:
    async def ask(_: Address, *named: str) -> Facts:
        assert named == ("app", "t", "web")
        if isinstance(answer, SourceError):
            raise answer
        return answer

    monkeypatch.setattr(catalog_findings, "ask_catalog", ask)
    address = object.__new__(Address)
    return await catalog_findings.check_catalog(address, TableQuery("app", "t", key=key), "web")


async def test_each_thing_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found, version = await findings(monkeypatch, facts())
    assert version == "17.2"
    names = [one.check for one in found]
    assert len(set(names)) == len(names) == 6
    # Healthy but for the publication, which no row of the catalog names here.
    assert [one.check for one in found if one.verdict is Verdict.PROBLEM] == ["publication"]


async def test_a_database_that_cannot_be_asked_is_a_warning_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, version = await findings(monkeypatch, UnreachableError("No answer.", "Check it."))
    assert [(one.check, one.verdict, one.mend) for one in found] == [
        ("catalog", Verdict.WARNING, "Check it.")
    ]
    assert version is None


async def test_the_key_that_was_asked_for_counts_more_than_the_tables_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = facts()
    own, _ = await findings(monkeypatch, told)
    other, _ = await findings(monkeypatch, told, ("n",))
    assert own != other
    assert await findings(monkeypatch, told, told.key) == (own, "17.2")
