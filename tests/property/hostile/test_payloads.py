"""Whatever anybody sends on the channel of a table is none of ours, everything, or keys that its columns can hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rtwidget.abc import Notification
from rtwidget.sources.postgres.listen.payload import PayloadReader
from rtwidget.sources.query.key_parts import MOST_CHARACTERS
from tests.property.hostile.json_text import damaged, json_texts, objects

PAYLOADS = objects(
    {
        "columns": ['["id"]', '["id","id"]', '["id","name"]', '["name","id"]'],
        "keys": ["[[7]]", "[[7],[8]]", '[[7,"x"]]', '[["x",7]]', "[[9999999999999999999]]"],
        "everything": ["false", "true"],
    }
)


@given(
    damaged(PAYLOADS | json_texts) | st.binary(),
    st.sampled_from(["int4", "text", "uuid", "bool", "numeric", "mood"]),
    st.booleans(),
)
def test_payloads(payload: bytes, type_name: str, composite: bool) -> None:  # noqa: FBT001
    key = ("id", "name") if composite else ("id",)
    reader = PayloadReader(key, (type_name, "text")[: len(key)])
    notification = reader.read(payload.decode("utf-8", "surrogateescape"))
    assert notification is None or isinstance(notification, Notification)
    for named in notification.keys if notification is not None else ():
        assert len(named) == len(key)
        assert all(type(part) in {int, bool} or len(str(part)) <= MOST_CHARACTERS for part in named)
        assert type_name != "int4" or (type(named[0]) is int and abs(named[0]) <= 2**31)
