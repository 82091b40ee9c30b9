"""Whatever comes over the websocket is an event, is ignored, or is a typed error; and it names no key that cannot be one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from rtwidget.abc import Live, Notification
from rtwidget.errors import SourceError
from rtwidget.sources.query.key_parts import MOST_CHARACTERS
from rtwidget.sources.supabase.realtime.channel import Channel
from tests.property.hostile.json_text import LITERALS, damaged, json_texts, object_text, objects

TOPIC = "realtime:x"
COLUMNS = '[{"name":"id","type":"int8"}]'
CHANGES = objects(
    {
        "schema": ['"public"'],
        "table": ['"t"'],
        "type": ['"INSERT"', '"UPDATE"', '"DELETE"', '"TRUNCATE"'],
        "columns": [COLUMNS, '[{"name":"id","type":"text"}]', "[]"],
        "record": ['{"id":7}', '{"id":"seven"}', '{"id":99999999999999999999}', '{"id":1e400}'],
        "old_record": ['{"id":6}', "{}", '{"id":null}'],
        "commit_timestamp": ['"2026-11-22T18:04:47Z"', '"0001-01-01T00:00:00"', "null"],
    }
)
PAYLOADS = st.one_of(
    CHANGES.map(lambda data: object_text({"data": data})),
    objects(
        {
            "status": ['"ok"', '"error"'],
            "extension": ['"postgres_changes"', '"system"'],
            "message": ['"Subscribed to PostgreSQL"', '"Token has expired"'],
            "response": ['{"reason":"Unauthorized"}', "{}"],
        }
    ),
    json_texts,
)
EVENTS = ["phx_reply", "system", "postgres_changes", "phx_close", "phx_error", "presence_state"]
FRAMES = st.tuples(
    st.sampled_from(["null", '"1"', '"2"', "1"]),
    st.sampled_from(["null", '"1"', '"2"', "[]"]),
    st.sampled_from([f'"{TOPIC}"', '"phoenix"', '"realtime:y"', "7"]),
    st.sampled_from(EVENTS).map(lambda event: f'"{event}"'),
    PAYLOADS,
).map(lambda parts: f"[{','.join(parts)}]")


@given(st.lists(damaged(FRAMES) | st.binary(), max_size=6))
@example([b"[" * 200_000])
@example([b'[null,null,"phoenix","phx_reply",' + b'{"a":' * 100_000])
def test_frames(received: list[bytes]) -> None:
    channel = Channel("public", "t", ("id",), TOPIC, 0.0)
    with suppress(SourceError):
        for data in received:
            event = channel.receive(data, 1.0)
            assert event is None or isinstance(event, Live | Notification)
            for key in event.keys if isinstance(event, Notification) else ():
                check_key(key)
    assert channel.next_tick() > 0.0


def check_key(key: tuple[object, ...]) -> None:
    (part,) = key
    assert isinstance(part, int | str)
    assert not isinstance(part, str) or len(part) <= MOST_CHARACTERS


HOLDS: dict[str, Callable[[Any], bool]] = {
    "int2": lambda key: type(key) is int and abs(key) <= 2**15,
    "int4": lambda key: type(key) is int and abs(key) <= 2**31,
    "int8": lambda key: type(key) is int and abs(key) <= 2**63,
    "bool": lambda key: type(key) is bool,
    "uuid": lambda key: type(key) is str and len(key) == 36,
    "text": lambda key: type(key) is str and "\0" not in key,
    "date": lambda key: type(key) is str and "\0" not in key,
    "mood": lambda key: type(key) in {str, int, bool},
    "_int4": lambda _key: False,
}


@given(
    st.sampled_from(list(HOLDS)),
    st.sampled_from(LITERALS),
)
def test_a_key_that_its_column_cannot_hold_is_never_asked_for(type_name: str, part: str) -> None:
    channel = Channel("public", "t", ("id",), TOPIC, 0.0)
    columns = f'[{{"name":"id","type":"{type_name}"}}]'
    members = {"schema": '"public"', "table": '"t"', "type": '"INSERT"', "columns": columns}
    data = object_text({**members, "record": object_text({"id": part})})
    event = channel.receive(
        f'[null,null,"{TOPIC}","postgres_changes",{object_text({"data": data})}]', 1.0
    )
    assert isinstance(event, Notification)
    for (key,) in event.keys:
        assert HOLDS[type_name](key)
    assert event.everything is not bool(event.keys)
