"""Recorded sessions of the real server, replayed: the frames have to be the same, byte by byte.

Masked are only what no two runs share: times of the run, made-up uuids, and binding ids, which
need not be the same but have to be used the same way.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Connect, PhoenixClient

TRANSCRIPTS = Path(__file__).parents[3] / "fixtures" / "transcripts"
REPLAYED = [
    "01_join_vsn1",
    "01_join_vsn2",
    "02_types_ri_default_vsn1",
    "02b_pk_update_ri_default",
    "02b_pk_update_ri_full",
    "02c_no_pk",
    "03_filter_ri_default",
    "03_filter_ri_full",
    "03b_filter_on_pk_ri_default",
    "03b_filter_on_pk_ri_full",
    "04_rls_ri_default",
    "04_rls_ri_full",
    "08_filters",
    "08b_options",
]
_ID = re.compile(
    r'(?<="id":)\d+(?=,"(?:event|schema|filter)"|\}\]\}\},"topic")|(?<="ids":\[)[\d,]+'
)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_RUN_TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
_TOKEN = re.compile(r"<jwt role=(\w+)[^>]*>")
_CREATE = (
    "create table public.agent_proposals(id bigint generated always as identity primary key,"
    " agent text not null, title text, status text default 'pending', score double precision,"
    " amount numeric(20,8), payload jsonb, tags text[], due date, is_urgent boolean,"
    " ref uuid default gen_random_uuid(), created_at timestamptz default now(),"
    " updated_at timestamptz);"
    "alter publication supabase_realtime add table public.agent_proposals"
)
# Of long recordings the middle is missing; they are replayed up to here.
_ENDS = {"08_filters": "realtime:f51", "08b_options": "insert into"}
# What earlier recordings had left behind.
_PREAMBLES = {"01_join_vsn2": "alter table agent_proposals alter id restart with 4"}


class Replay:
    """Does what the recorded client did and compares what comes back."""

    def __init__(self, backend: LocalBackend, connect: Connect) -> None:
        self._backend = backend
        self._connect = connect
        self._generation = 0
        self._ids: dict[str, str] = {}
        self._tokens: dict[tuple[str, int], str] = {}
        self.compared = 0

    async def run(self, name: str) -> None:
        lines = (TRANSCRIPTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        vsn = "2.0.0" if name.endswith("vsn2") else "1.0.0"
        names = {json.loads(line).get("conn", "") for line in lines}
        async with AsyncExitStack() as stack:
            sockets = {
                conn: await stack.enter_async_context(self._connect(vsn=vsn)) for conn in names
            }
            for line in lines:
                entry = json.loads(line)
                if (
                    name in _ENDS
                    and _ENDS[name] in str(entry["frame"])
                    and entry["dir"] in "sql server"
                ):
                    break
                await self._step(entry, line, sockets[entry.get("conn", "")])

    async def _step(self, entry: dict[str, Any], line: str, client: PhoenixClient) -> None:
        frame = entry["frame"]
        if entry["dir"] == "note":
            self._generation += "NEW token" in frame
            if frame.startswith("a server frame of"):
                await client.read_text()
        elif entry["dir"] == "sql":
            # Recorded too: an update without replica identity.
            with suppress(psycopg.errors.ObjectNotInPrerequisiteState):
                self._backend.sql(frame)
        elif entry["dir"] == "client":
            # Rows that the recorded server had read before a join must not be news here.
            await asyncio.to_thread(self._backend.catch_up)
            text = json.dumps(frame)
            await client.socket.send(_TOKEN.sub(lambda found: self._token(found[1]), text))
        else:
            recorded = line[line.index('"frame": ') + len('"frame": ') : -1]
            self._compare(recorded, await client.read_text())

    def _token(self, role: str) -> str:
        # Kept, because one that is made a second later is another, and is answered.
        made = self._backend.token(role, ttl_s=3600 + self._generation)
        return self._tokens.setdefault((role, self._generation), made)

    def _compare(self, recorded: str, seen: str) -> None:
        ids, seen_ids = _ID.findall(recorded), _ID.findall(seen)
        assert [
            self._ids.setdefault(one, other) for one, other in zip(ids, seen_ids, strict=True)
        ] == seen_ids
        assert _masked(seen) == _masked(recorded)
        self.compared += 1


def _masked(text: str) -> str:
    text = _ID.sub("<id>", text)
    return _RUN_TIME.sub("<time>", _UUID.sub("<uuid>", text))


@pytest.mark.parametrize("name", REPLAYED)
async def test_replayed_session_gets_the_recorded_frames(
    name: str, backend: LocalBackend, connect: Connect
) -> None:
    backend.sql(_CREATE + ";" + _PREAMBLES.get(name, ""))
    replay = Replay(backend, connect)
    await replay.run(name)
    assert replay.compared > 0
