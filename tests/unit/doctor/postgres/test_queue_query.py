"""How full the queue of notifications is: only one that fills is asked for the session that it waits for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import psycopg
import pytest

from rtwidget import Postgres
from rtwidget.doctor.checks.queue_checks import Queue, Session
from rtwidget.doctor.postgres import queue_query
from rtwidget.doctor.postgres.queue_query import ask_queue
from rtwidget.errors import PermissionDeniedError
from rtwidget.sources.postgres.read.statement import Statement

ADDRESS = Postgres("host=h user=me", insecure=True).address
FULL = psycopg.errors.ProgramLimitExceeded("no place in the queue")


class Server:
    """A server whose queue is so full; it warns whoever notifies, and may refuse it."""

    def __init__(self, usage: float, warning: str | None, refusal: psycopg.Error | None) -> None:
        self.usage, self.warning, self.refusal = usage, warning, refusal
        self.asked: list[str] = []
        self.notified = 0
        self.closed: list[str] = []

    async def read(self, statement: Statement) -> bytes:
        (pid,) = statement.values
        self.asked.append(pid)
        oldest = Session(int(pid)) if int(pid) else None
        return msgspec.json.encode(Queue(self.usage, oldest=oldest))

    async def aclose(self) -> None:
        self.closed.append("pool")

    def add_notice_handler(self, told: Any) -> None:
        self.tell = told

    async def execute(self, _: str) -> None:
        self.notified += 1
        if self.warning is not None:
            self.tell(SimpleNamespace(message_detail=self.warning))
        if self.refusal is not None:
            raise self.refusal

    async def close(self) -> None:
        self.closed.append("connection")


def server(
    monkeypatch: pytest.MonkeyPatch,
    usage: float,
    warning: str | None = None,
    refusal: psycopg.Error | None = None,
) -> Server:
    made = Server(usage, warning, refusal)

    async def connect(_: object) -> Server:
        return made

    monkeypatch.setattr(queue_query, "TablePool", lambda *_: made)
    monkeypatch.setattr(queue_query, "connect", connect)
    monkeypatch.setattr(queue_query, "_TRY_S", 0.0)
    return made


async def test_below_half_nobody_is_notified(monkeypatch: pytest.MonkeyPatch) -> None:
    made = server(monkeypatch, 0.49)
    assert await ask_queue(ADDRESS) == Queue(0.49)
    assert (made.asked, made.notified, made.closed) == (["0"], 0, ["pool"])


@pytest.mark.parametrize("refusal", [None, FULL])
async def test_from_half_on_the_servers_warning_names_the_session(
    monkeypatch: pytest.MonkeyPatch, refusal: psycopg.Error | None
) -> None:
    said = "Der Serverprozess mit PID 4711 gehört zu denen mit den ältesten Transaktionen."
    made = server(monkeypatch, 0.5, said, refusal)
    assert (await ask_queue(ADDRESS)).oldest == Session(4711)
    assert made.asked == ["0", "4711"]
    assert sorted(made.closed) == ["connection", "pool"]


async def test_a_server_that_warns_of_nobody_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_query, "_WARNING_S", 0.0)
    made = server(monkeypatch, 0.9)
    assert (await ask_queue(ADDRESS)).oldest is None
    assert made.asked == ["0", "0"]


async def test_any_other_refusal_is_told_and_everything_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = server(monkeypatch, 0.9, refusal=psycopg.errors.InsufficientPrivilege("no"))
    with pytest.raises(PermissionDeniedError):
        await ask_queue(ADDRESS)
    assert sorted(made.closed) == ["connection", "pool"]
