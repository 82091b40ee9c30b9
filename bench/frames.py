"""From a Realtime frame to a dirty key: our channel against supabase-py's realtime client."""

from __future__ import annotations

import json
import time

from realtime.message import PostgresChangesMessage, ServerMessageAdapter

from bench.cases import Result, median_of
from rtwidget.replica.rules import Replica
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.base import Notification
from rtwidget.sources.supabase.channel import Channel
from rtwidget.store.rows import KeyedRows

FRAMES = 5_000
TOPIC = "realtime:bench"


def run() -> Result:
    """Return how many key-only frames a second each takes in, one core, no network."""
    ours = median_of(lambda: FRAMES / _ours())
    other = median_of(lambda: FRAMES / _other())
    return Result("key-only frame to dirty key", ours, other, "frames/s", goal=10)


def _payload(key: int) -> dict[str, object]:
    data = {
        "type": "UPDATE",
        "schema": "public",
        "table": "bench",
        "commit_timestamp": "2026-11-22T17:47:10.190Z",
        "columns": [{"name": "id", "type": "int8"}],
        "record": {"id": key},
        "old_record": {"id": key},
        "errors": None,
    }
    return {"ids": [1], "data": data}


def _ours() -> float:
    frames = [
        json.dumps([None, None, TOPIC, "postgres_changes", _payload(key)]).encode()
        for key in range(FRAMES)
    ]
    channel = Channel("public", "bench", ("id",), TOPIC, 0.0)
    channel.join(None)
    replica = Replica(KeyedRows(Schema((Column("id"),), ("id",))))
    began = time.perf_counter()
    for frame in frames:
        event = channel.receive(frame, 1.0)
        assert isinstance(event, Notification)
        replica.invalidate(event.keys)
    took_s = time.perf_counter() - began
    assert len(replica.dirty) == FRAMES
    return took_s


def _other() -> float:
    frames = [
        json.dumps(
            {"topic": TOPIC, "event": "postgres_changes", "payload": _payload(key), "ref": None}
        )
        for key in range(FRAMES)
    ]
    dirty = set()
    began = time.perf_counter()
    for frame in frames:
        message = ServerMessageAdapter.validate_json(frame)
        assert isinstance(message, PostgresChangesMessage)
        record = message.payload["data"].get("record") or {}
        dirty.add(record["id"])
    took_s = time.perf_counter() - began
    assert len(dirty) == FRAMES
    return took_s
