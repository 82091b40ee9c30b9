"""`enable`, `disable` and `status`: what is refused before anything is changed, and what a dry run leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest

from rtwidget import Postgres
from rtwidget.errors import ArgumentError, KeyNotUniqueError
from rtwidget.sources.postgres import setup
from rtwidget.sources.postgres.catalog.catalog import Announced, Place, Table, TableColumn
from rtwidget.sources.postgres.setup import disable, enable, status
from rtwidget.sources.postgres.triggers.trigger_statements import Caller

DSN = Postgres("host=h user=me", insecure=True)
TABLE = Table(7, "r", "web", "owner", (TableColumn("id", "int4", "pg_catalog"),), (("id",),))
CALLER = Caller("rtwidget_insert", ("public", "t"), ("public", "rtwidget_notify_t"))


class Session:
    """A session with the table's owner, as far as these commands use one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.table = TABLE
        self.below: list[Place] = []
        self.did: list[str] = []
        given: dict[str, Callable[..., Any]] = {
            "within": lambda _address, _schema, _table, work: work(self),
            "wait_for_others": lambda _: self.did.append("wait"),
            "find_table": lambda *_: self.table,
            "below_table": lambda *_: self.below,
            "installed": lambda *_: ([CALLER], [CALLER.function]),
            "run": self._run,
        }
        for name, instead in given.items():
            monkeypatch.setattr(setup, name, instead)

    def _run(self, _: object, statements: Sequence[object]) -> None:
        self.did.append(f"run {len(statements)}")

    def execute(self, _: str) -> Session:
        return self

    def fetchone(self) -> tuple[str]:
        return ("0",)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    return Session(monkeypatch)


def test_what_enable_ran_is_what_it_returns_after_what_to_know(session: Session) -> None:
    session.below = [("public", "t_1")]
    said = enable("t", DSN)
    assert said.startswith("-- Know this: ")
    statements = said[said.index("create or replace function") :]
    # A function, its comment, and on both tables four triggers, each of three statements.
    assert session.did == ["wait", "run 26"]
    assert statements.endswith(";\n")
    assert '"public"."t_1"' in statements


def test_a_dry_run_waits_for_nobody_and_runs_nothing(session: Session) -> None:
    dry = enable("t", DSN, dry_run=True), disable("t", DSN, dry_run=True)
    assert session.did == []
    assert dry == (enable("t", DSN), disable("t", DSN))


def test_disable_takes_away_what_is_there_and_needs_no_table(session: Session) -> None:
    session.table = msgspec.structs.replace(TABLE, kind="v", keys=())
    assert disable("t", DSN) == (
        'drop trigger "rtwidget_insert" on "public"."t";\n'
        'drop function if exists "public"."rtwidget_notify_t"();\n'
    )
    assert session.did == ["wait", "run 2"]


@pytest.mark.parametrize(
    ("other", "key", "error", "said"),
    [
        ({"kind": "v"}, None, ArgumentError, "t is a view, which can announce nothing"),
        ({"kind": "f"}, ["id"], ArgumentError, "t is a foreign table"),
        ({"announced": Announced(foreign=(("s", "Far"),))}, None, ArgumentError, 's."Far"'),
        ({"keys": ()}, None, KeyNotUniqueError, "t has no primary key"),
        ({}, ["id", "no"], KeyNotUniqueError, "t has no column 'no'"),
    ],
)
def test_what_cannot_announce_is_refused_before_anything_is_run(
    session: Session, other: dict[str, Any], key: list[str] | None, error: type[Exception], said: str
) -> None:  # fmt: skip
    session.table = msgspec.structs.replace(TABLE, **other)
    with pytest.raises(error, match=said):
        enable("t", DSN, primary_key=key)
    assert session.did == ["wait"]


def test_a_status_is_asked_of_the_table_and_changes_nothing(session: Session) -> None:
    found = status("t", DSN)
    assert (found.table, found.enabled) == ("public.t", False)
    assert session.did == []


def test_insecure_belongs_into_the_object(session: Session) -> None:
    for command in (enable, disable, status):
        with pytest.raises(ArgumentError, match="insecure=True stands beside dsn="):
            command("t", DSN, insecure=True)
    assert session.did == []
