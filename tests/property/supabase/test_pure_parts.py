"""Any filter, value, name, frame: nothing is lost on the way, nothing crashes."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from urllib.parse import parse_qsl

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.abc import Condition, Notification
from rtwidget.errors import FilterError, RtwidgetError, SourceError
from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.sources.query.filters import parse_filter
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from rtwidget.sources.supabase.realtime.channel import Channel
from rtwidget.sources.supabase.rest.query import Query
from rtwidget.sources.supabase.rest.quoting import quoted
from rtwidget.sources.values.json_cells import cell_of, decode_rows

TOPIC = "realtime:x"
TEXT = st.text(st.characters(codec="utf-8"))
HELD = st.characters(codec="utf-8", exclude_characters="\0")
"""What a text of a database may hold."""
NAMES = st.text(HELD, min_size=1, max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
KEY_PARTS = st.integers(-(2**63), 2**63 - 1) | st.text(HELD) | st.booleans()


def read_list(text: str) -> list[str]:
    """Read `in.(...)` as PostgREST does: quoted values with backslashes."""
    (condition,) = parse_filter(f"c={text}")
    assert isinstance(condition, Condition)
    return list(condition.values)


@given(TEXT)
def test_any_text_is_a_filter_or_a_typed_error(text: str) -> None:
    with suppress(FilterError):
        assert len({*parse_filter(text)}) == 1


@given(st.dictionaries(NAMES, st.text(HELD), max_size=4))
def test_equality_reaches_the_url_verbatim(mapping: dict[str, str]) -> None:
    query = Query("t", None, parse_filter(mapping), (), ("id",))
    pairs = parse_qsl(query.count(), keep_blank_values=True, strict_parsing=True)[1:]
    sent = {}
    for name, value in pairs:
        (condition,) = parse_filter(f"{name}={value}")
        assert isinstance(condition, Condition)
        sent[condition.column] = condition.values[0]
    assert sent == mapping


@given(st.lists(KEY_PARTS, min_size=1, max_size=8))
def test_keys_survive_quoting_and_encoding(parts: list[int | str | bool]) -> None:
    query = Query("t", None, (), (), ("id",))
    pairs = dict(parse_qsl(query.keys([(part,) for part in parts]), strict_parsing=True))
    wanted = {str(part).lower() if isinstance(part, bool) else str(part) for part in parts}
    assert read_list(pairs["id"]) == sorted(wanted)


@given(NAMES, st.lists(TEXT, min_size=2, max_size=3))
def test_a_url_holds_only_what_a_url_may_hold(name: str, parts: list[str]) -> None:
    key = tuple(f"{name}{n}" for n in range(len(parts)))
    query = Query("t", (name,), (), (), key)
    text = query.page(tuple(parts), tuple(parts), 5)
    assert text.isascii()
    assert not set(text) & set(" \"'<>\\^`{|}#,;:()")
    assert ("limit", "5") in parse_qsl(text, keep_blank_values=True, strict_parsing=True)


@given(JSON)
def test_cells_keep_every_value(value: object) -> None:
    cell = cell_of(json.dumps(value).encode())
    if isinstance(cell, NumberText):
        assert isinstance(value, float)
        assert float(cell) == value
    elif isinstance(cell, JsonText):
        assert json.loads(cell) == value
    else:
        assert (type(cell), cell) == (type(value), value)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_keep_their_digits_and_scale(value: Decimal) -> None:
    text = f"{value:f}"
    assert str(cell_of(text.encode())) in {text, str(int(value))}
    if "." in text:
        assert cell_of(text.encode()) == NumberText(text)


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_answer_is_rows_or_a_typed_error(body: bytes) -> None:
    try:
        columns, rows = decode_rows(body)
    except SourceError:
        return
    assert all(len(row) == len(columns) for row in rows)


FRAMES = st.one_of(
    st.binary(),
    JSON.map(json.dumps),
    st.tuples(
        st.sampled_from([None, "1", "2"]),
        st.sampled_from([None, "1", "2"]) | JSON,
        st.sampled_from([TOPIC, "phoenix"]) | TEXT,
        st.sampled_from(["phx_reply", "system", "postgres_changes", "phx_close", "presence_state"]),
        JSON
        | st.fixed_dictionaries(
            {
                "status": st.sampled_from(["ok", "error"]) | JSON,
                "extension": st.just("postgres_changes") | JSON,
                "message": TEXT | JSON,
                "response": JSON,
                "data": JSON
                | st.fixed_dictionaries(
                    {
                        "schema": st.just("public"),
                        "table": st.just("t"),
                        "type": st.sampled_from(["INSERT", "UPDATE", "DELETE"]),
                        "columns": JSON,
                        "record": JSON | st.dictionaries(st.just("id"), JSON),
                        "old_record": JSON | st.dictionaries(st.just("id"), JSON),
                        "commit_timestamp": JSON,
                    }
                ),
            }
        ),
    ).map(json.dumps),
)


@given(st.lists(FRAMES, max_size=5))
def test_no_frame_crashes_the_channel(received: list[bytes | str]) -> None:
    channel = Channel("public", "t", ("id",), TOPIC, 0.0)
    for data in received:
        try:
            channel.receive(data, 1.0)
        except RtwidgetError:
            return


@given(KEY_PARTS, KEY_PARTS)
def test_both_keys_of_an_update_are_named_exactly(new: Cell, old: Cell) -> None:
    data = {
        "schema": "public",
        "table": "t",
        "type": "UPDATE",
        "columns": [{"name": "naïve", "type": "of_a_domain"}],
        "record": {"naïve": new, "more": {"x": [1e300]}},
        "old_record": {"naïve": old},
        "commit_timestamp": None,
    }
    text = json.dumps([None, None, TOPIC, "postgres_changes", {"data": data}])
    notification = Channel("public", "t", ("naïve",), TOPIC, 0.0).receive(text, 1.0)
    assert isinstance(notification, Notification)
    assert set(notification.keys) == {(new,), (old,)}


@given(TEXT)
def test_any_text_can_be_a_token(text: str) -> None:
    assert token_of(Secret(text)).identity


@given(st.text(HELD))
def test_quoting_is_undone_by_reading(text: str) -> None:
    assert read_list(f"in.({quoted(text)})") == [text]
    assert msgspec.json.decode(msgspec.json.encode(text)) == text
