"""Which rows 60 filters and 30 option sets delivered on the real server, and deliver here."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect, PhoenixClient

TRANSCRIPTS = Path(__file__).parents[3] / "fixtures" / "transcripts"
_FILTER = re.compile(r"FILTER (.+): reply=\['ok'\] system=\[\('(ok|error)', .*-> rows (\[.*\])$")
_OPTION = re.compile(r"OPTION (.+?): reply=.* -> events \(.*?\) (\[.*\])$")
_SHOWN_FILTER_CHARACTERS = 90
_CREATE = (
    "create table public.agent_proposals(id bigint generated always as identity primary key,"
    " agent text not null, title text, status text default 'pending', score double precision,"
    " amount numeric(20,8), payload jsonb, tags text[], due date, is_urgent boolean,"
    " ref uuid default gen_random_uuid(), created_at timestamptz default now(),"
    " updated_at timestamptz);"
    "alter publication supabase_realtime add table public.agent_proposals;"
)
# The recording does not hold the inserts; these rows follow from what the filters let through.
_ROWS = """
insert into agent_proposals(id, agent, title, status, score, amount, payload, due, is_urgent, ref)
overriding system value values
(1, 'r1', 'a,b', 'pending', 0.9, 1.5, '{"k":"v"}', '2026-06-01', true,
 '11111111-2222-3333-4444-555555555555'),
(2, 'r2', 'c', 'approved', 0.1, 2, null, null, false, gen_random_uuid()),
(3, 'r3', null, 'pending', 0.5, null, '{}', null, null, gen_random_uuid()),
(4, 'r4', 'é漢', 'PENDING', null, null, null, null, true, gen_random_uuid()),
(5, '', 'x.y=z', null, null, null, null, null, null, gen_random_uuid()),
(6, 'r6', 't', 'null', 'NaN', null, null, null, null, gen_random_uuid()),
(150, 'r150', 't', 'other', 1, 1, null, null, null, gen_random_uuid())
"""


def notes(name: str) -> list[str]:
    lines = (TRANSCRIPTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [entry["frame"] for entry in map(json.loads, lines) if entry["dir"] == "note"]


async def join_all(client: PhoenixClient, bindings: list[list[dict[str, Any]]]) -> list[str]:
    """Join topic 0, 1, ... and return the status of each system message."""
    statuses = []
    for number, entries in enumerate(bindings):
        payload = {"config": {"postgres_changes": entries}}
        await client.push(f"realtime:{number}", "phx_join", payload)
        assert (await client.read())["payload"]["status"] == "ok"
        statuses.append((await client.read())["payload"]["status"])
    return statuses


async def changes_until_heartbeat(client: PhoenixClient) -> dict[int, list[dict[str, Any]]]:
    ref = await client.push("phoenix", "heartbeat", {})
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    while True:
        frame = await client.read()
        if frame["topic"] == "phoenix" and frame["ref"] == ref:
            return found
        found[int(frame["topic"].removeprefix("realtime:"))].append(frame["payload"])


async def test_filters_deliver_the_recorded_rows(backend: LocalBackend, connect: Connect) -> None:
    recorded = []
    for note in notes("08_filters"):
        found = _FILTER.match(note)
        if found and len(text := ast.literal_eval(found[1])) < _SHOWN_FILTER_CHARACTERS:
            recorded.append((text, found[2], ast.literal_eval(found[3])))
    assert len(recorded) > 60
    backend.sql(_CREATE)
    table = {"event": "*", "schema": "public", "table": "agent_proposals"}
    async with connect() as client:
        statuses = await join_all(client, [[{**table, "filter": text}] for text, _, _ in recorded])
        backend.sql(_ROWS)
        backend.catch_up()
        found_changes = await changes_until_heartbeat(client)
    seen = [
        (text, statuses[n], [change["data"]["record"]["id"] for change in found_changes[n]])
        for n, (text, _, _) in enumerate(recorded)
    ]
    assert seen == recorded


async def test_options_deliver_the_recorded_events(backend: LocalBackend, connect: Connect) -> None:
    lines = (TRANSCRIPTS / "08b_options.jsonl").read_text(encoding="utf-8").splitlines()
    bindings = [
        entry["frame"]["payload"]["config"]["postgres_changes"]
        for entry in map(json.loads, lines)
        if entry["dir"] == "client"
    ]
    recorded = [ast.literal_eval(m[2]) for m in map(_OPTION.match, notes("08b_options")) if m]
    assert len(recorded) == len(bindings)
    backend.sql(_CREATE + "alter table agent_proposals replica identity full")
    async with connect() as client:
        await join_all(client, bindings)
        backend.sql(
            "insert into agent_proposals(id,agent,title,status) overriding system value"
            " values(1,'r1','t','pending')"
        )
        backend.sql("update agent_proposals set status='approved' where id=1")
        backend.sql("delete from agent_proposals where id=1")
        backend.catch_up()
        found = await changes_until_heartbeat(client)
    seen = [sorted(summary(change) for change in found[n]) for n in range(len(bindings))]
    assert seen == [sorted(event_sizes(events)) for events in recorded]


def summary(change: dict[str, Any]) -> tuple[str, int, int, int, int]:
    """Type, number of ids, cells of the record, cells of the old record, columns."""
    data = change["data"]
    sizes = [len(data.get(name, ())) for name in ("record", "old_record", "columns")]
    return (data["type"], len(change["ids"]), *sizes)


def event_sizes(events: list[Any]) -> list[tuple[str, int, int, int, int]]:
    """The same of the recorder's notes, which hold either names or their number."""

    def size(value: int | list[str]) -> int:
        return value if isinstance(value, int) else len(value)

    return [(kind, len(ids), size(new), size(old), n) for kind, ids, new, old, n in events]
