"""Keys from changes: exact where they can be, `everything` where they cannot."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from rtwidget.abc import Notification
from rtwidget.sources.supabase.realtime.change_frames import ChangeDecoder
from rtwidget.sources.supabase.realtime.channel import Channel
from rtwidget.sources.values.sql_types import INEXACT_KEY_TYPES

TOPIC = "realtime:x"
COMMITTED = 1795370687.375


def receive(data: dict[str, Any], key: tuple[str, ...] = ("id",)) -> object:
    payload = {"ids": [1], "data": {"schema": "public", "table": "t", "errors": None, **data}}
    text = json.dumps([None, None, TOPIC, "postgres_changes", payload])
    return Channel("public", "t", key, TOPIC, 0.0).receive(text, 1.0)


UUID = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"


def change(kind: str, key_type: str = "int8", **records: object) -> dict[str, Any]:
    return {
        "type": kind,
        "commit_timestamp": "2026-11-22T18:04:47.375Z",
        "columns": [{"name": "id", "type": key_type}],
        **records,
    }


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (change("INSERT", record={"id": 7}), ((7,),)),
        (change("INSERT", record={"id": 9223372036854775807}), ((9223372036854775807,),)),
        (change("UPDATE", record={"id": 7}, old_record={"id": 7}), ((7,),)),
        (change("UPDATE", record={"id": 8}, old_record={"id": 7}), ((8,), (7,))),
        (change("DELETE", old_record={"id": 7, "more": [1.5]}), ((7,),)),
        (change("DELETE", "uuid", old_record={"id": UUID}), ((UUID,),)),
        (change("DELETE", "status_enum", old_record={"id": "pending"}), (("pending",),)),
        (change("DELETE", "bool", old_record={"id": False}), ((False,),)),
    ],
)
def test_exact_keys_are_named(data: dict[str, Any], keys: object) -> None:
    assert receive(data) == Notification(keys, committed_at=COMMITTED)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        change("INSERT", record={}),
        change("INSERT"),
        change("DELETE", old_record={}),
        change("UPDATE", record={"id": 1}, old_record={}),
        change("DELETE", old_record={"id": None}),
        change("TRUNCATE"),
        change("DELETE", old_record={"id": 1.5}),
        change("DELETE", old_record={"id": {"a": 1}}),
        {**change("INSERT", record={"id": 1}), "commit_timestamp": "yesterday"},
        {"type": "INSERT", "record": {}, "columns": [], "commit_timestamp": None},
        *(change("DELETE", name, old_record={"id": "x"}) for name in sorted(INEXACT_KEY_TYPES)),
        change("DELETE", "_text", old_record={"id": "x"}),
    ],
)
def test_keys_in_doubt_mean_everything(data: dict[str, Any]) -> None:
    notification = receive(data)
    assert isinstance(notification, Notification)
    assert notification.everything
    assert notification.keys == ()


def test_composite_keys_come_in_the_order_of_the_key_columns() -> None:
    columns = [{"name": "b", "type": "text"}, {"name": "a", "type": "int4"}]
    data = {**change("DELETE", old_record={"b": "x", "a": 1}), "columns": columns}
    assert receive(data, ("a", "b")) == Notification(((1, "x"),), committed_at=COMMITTED)


@pytest.mark.parametrize(
    "other", [{"table": "tt"}, {"schema": "Public"}, {"table": "tt", "type": 1}]
)
def test_changes_of_tables_that_only_match_the_pattern_are_ignored(other: dict[str, Any]) -> None:
    assert receive({**change("INSERT", record={"id": 7}), **other}) is None


def test_an_error_of_the_server_still_names_the_key_it_left() -> None:
    data = {**change("INSERT", record={"id": 2}), "errors": ["Error 413: Payload Too Large"]}
    assert receive(data) == Notification(((2,),), committed_at=COMMITTED)


def test_frames_of_another_topic_or_join_are_ignored() -> None:
    payload = {"data": {"schema": "public", "table": "t", **change("INSERT", record={"id": 7})}}
    channel = Channel("public", "t", ("id",), TOPIC, 0.0)
    for join_ref, topic in ((None, "realtime:y"), ("9", TOPIC)):
        text = json.dumps([join_ref, None, topic, "postgres_changes", payload])
        assert channel.receive(text, 1.0) is None


@pytest.mark.parametrize("name", ['select "x"; --', "a\\b", "a\tb", "naïve", ""])
def test_a_key_column_may_have_any_name(name: str) -> None:
    decoder = ChangeDecoder("public", "t", (name, "n"))
    columns = [{"name": name, "type": "text"}, {"name": "n", "type": "int4"}]

    def read(**records: object) -> Notification | None:
        data = {"schema": "public", "table": "t", "type": "INSERT", "columns": columns, **records}
        return decoder.read(json.dumps([None, None, "x", "postgres_changes", {"data": data}]))[2]

    assert read(record={name: "é", "n": 7, "more": {}}) == Notification((("é", 7),))
    assert read(record={name: None, "n": 7}) == Notification(everything=True)
    assert read(record={"n": 7}) == Notification(everything=True)
    with pytest.raises(msgspec.MsgspecError):
        read(record={name: [], "n": 7})
