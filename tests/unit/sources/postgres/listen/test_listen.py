"""One connection's life: LISTEN, the proof that it is heard, notifications, and an end at the first doubt."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import msgspec
import pytest

from rtwidget import Postgres
from rtwidget.abc import Event, Live, Notification
from rtwidget.errors import (
    ConnectionLostError,
    NotificationsUnavailableError,
    SourceError,
    UnreachableError,
)
from rtwidget.sources.postgres.catalog.catalog import Announced, Table, TableColumn
from rtwidget.sources.postgres.listen import listen as module
from rtwidget.sources.postgres.listen.listen import FULL_QUEUE, listen
from rtwidget.sources.postgres.read.statement import Statement
from rtwidget.sources.query.checked_query import checked_query

ADDRESS = Postgres("host=h user=me", insecure=True).address
TABLE = Table(1, "r", "web", "owner", (TableColumn("id", "int4", "pg_catalog"),), (("id",),))
KEY_5 = ("rtwidget:public.t", '{"columns":["id"],"keys":[[5]]}')


class Server:
    """A connection that listens, and beside it another that notifies: both of one server."""

    def __init__(self, *heard: tuple[str, str]) -> None:
        self.coming = [*heard]
        self.table = TABLE
        self.pooled = False
        self.silences = 0
        self.refusal: SourceError | None = None
        self.did: list[str] = []

    async def run(self, statement: Statement) -> None:
        self.did.append(statement.text.as_string().partition('"')[0].strip())

    async def announcing_table(self) -> Table:
        self.did.append("catalog")
        return self.table

    async def heard(self, _: float) -> list[tuple[str, str]]:
        coming, self.coming = self.coming, []
        self.silences += not coming
        # Else a test that waits in vain would wait for ever.
        if self.silences > 3:
            raise ConnectionLostError("Nothing comes.", "")
        return coming

    async def aclose(self) -> None:
        self.did.append("closed")

    async def notify(self, statement: Statement) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.did.append("notify")
        if not self.pooled:
            self.coming.insert(0, (statement.values[0], ""))


def stream(
    monkeypatch: pytest.MonkeyPatch, server: Server, **asked: Any
) -> AsyncGenerator[Event, None]:
    async def connect(_: object) -> None:
        """Return nothing that is used."""

    monkeypatch.setattr(module, "connect", connect)
    monkeypatch.setattr(module, "ListeningConnection", lambda *_: server)
    monkeypatch.setattr(module, "PROOF_S", 0.0)
    return listen(ADDRESS, checked_query("t", **asked), server.notify)


async def test_it_listens_before_it_looks_and_is_live_once_it_heard_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server()
    events = stream(monkeypatch, server)
    assert await anext(events) == Live(ends_with_connection=True)
    assert server.did[:4] == ["listen", "catalog", "listen", "notify"]
    assert server.did[-1] == "unlisten"
    await events.aclose()
    assert server.did[-1] == "closed"


async def test_what_came_on_other_channels_or_is_no_payload_of_ours_is_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server()
    events = stream(monkeypatch, server)
    await anext(events)
    server.coming = [("rtwidget:public.u", KEY_5[1].replace("5", "6")), (KEY_5[0], "hello"), KEY_5]
    assert await anext(events) == Notification(((5,),))
    await events.aclose()


@pytest.mark.parametrize(
    "other",
    [{"oid": 2}, {"keys": ()}, {"announced": Announced(stamp="another")}],
    ids=["another table", "another key", "triggers that changed"],
)
async def test_a_heartbeat_that_finds_the_table_altered_ends_it(
    monkeypatch: pytest.MonkeyPatch, other: dict[str, Any]
) -> None:
    server = Server()
    events = stream(monkeypatch, server)
    await anext(events)
    monkeypatch.setattr(module, "BEAT_S", 0.0)
    server.table = msgspec.structs.replace(TABLE, **other)
    server.coming = [KEY_5]
    assert await anext(events) == Notification(((5,),))
    with pytest.raises(ConnectionLostError, match="was altered"):
        await anext(events)
    assert server.did[-1] == "closed"


async def test_a_pooler_that_lends_the_connection_away_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server()
    server.pooled = True
    with pytest.raises(NotificationsUnavailableError, match="a pooler in between") as caught:
        await anext(stream(monkeypatch, server))
    assert "port 5432 instead of 6543" in caught.value.hint
    assert server.did[-1] == "closed"


async def test_a_full_queue_is_told_as_that_and_other_refusals_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server()
    server.refusal = SourceError("no place", "", code=FULL_QUEUE)
    with pytest.raises(NotificationsUnavailableError, match="queue is full") as caught:
        await anext(stream(monkeypatch, server))
    assert (caught.value.code, caught.value.__cause__) == (FULL_QUEUE, None)
    server.refusal = UnreachableError("gone")
    with pytest.raises(UnreachableError, match="gone"):
        await anext(stream(monkeypatch, server))
    assert server.did[-1] == "closed"


async def test_without_a_key_nothing_could_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    with pytest.raises(NotificationsUnavailableError, match="no key") as caught:
        await anext(stream(monkeypatch, server, primary_key="other"))
    assert "`primary_key=`" in caught.value.hint
    assert "notify" not in server.did
