"""Frames on the wire, prints of Elixir values, and the size rule of error 413."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.capture import change_payload as payload
from rtwidget.local.realtime import phoenix_frames as frames
from rtwidget.local.realtime.elixir_text import inspect
from rtwidget.local.realtime.joining.binding import binding_id, echo, parse_binding
from rtwidget.local.realtime.joining.join_refusals import SubscriptionRefused

REFS = st.none() | st.text(max_size=3)
VERSIONS = st.sampled_from(frames.VERSIONS)


@given(VERSIONS, REFS, REFS, st.text(), st.text())
def test_written_frames_are_json_of_their_version(
    version: str, join_ref: str | None, ref: str | None, topic: str, event: str
) -> None:
    frame = json.loads(frames.write(version, join_ref, ref, topic, event, '{"a": 1.10}'))
    if version == "2.0.0":
        assert frame == [join_ref, ref, topic, event, {"a": 1.1}]
    else:
        assert frame == {"ref": ref, "topic": topic, "event": event, "payload": {"a": 1.1}}


@given(VERSIONS, st.text())
def test_any_client_text_is_read_or_dropped(version: str, data: str) -> None:
    push = frames.read_push(data, version)
    assert push is None or isinstance(push.topic, str)


@pytest.mark.parametrize(
    "data", ["{not json", '{"topic":"t","payload":{}}', "[]", "null", "1", "[1,2,3,4,5]"]
)
def test_malformed_frames_are_dropped(data: str) -> None:
    assert frames.read_push(data, "1.0.0") is None
    assert frames.read_push(data, "2.0.0") is None


def test_elixir_prints() -> None:
    value = {"filter": None, "event": "*", "n": [True, {"a": 1}], "t": ("x", 'q"', False)}
    assert inspect(value) == (
        '%{"event" => "*", "filter" => nil, "n" => [true, %{"a" => 1}], "t" => {"x", "q\\"", false}}'
    )


def test_record_keeps_digits_and_jsonb_order() -> None:
    cells = {"amount": "1.10", "id": "9007199254740993", "b": None, "hidden": "1"}
    assert payload.record(cells, ["id", "amount", "b"]) == (
        '{"b": null, "id": 9007199254740993, "amount": 1.10}'
    )


def test_without_large_keeps_64_bytes_and_no_nulls() -> None:
    cells = {"a": '"' + "x" * 62 + '"', "b": '"' + "x" * 63 + '"', "c": None, "d": '"é"'}
    assert set(payload.without_large(cells)) == {"a", "d"}


@given(st.dictionaries(st.sampled_from(["event", "schema", "table", "filter"]), st.text()))
def test_equal_entries_have_equal_ids(params: dict[str, str]) -> None:
    shuffled = dict(reversed(params.items()))
    assert binding_id(params) == binding_id(shuffled) < 2**27
    assert list(echo(shuffled)) == ["id", *sorted(params)]


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"filter": "a=eq.1"},
        {"schema": 1},
        {"table": "t", "filter": None},
        {"table": "t", "filter": "a=eq.1"},
        {"schema": "s", "filter": "a=eq.1"},
        {"schema": None, "table": "t"},
        {"schema": "s", "table": None},
    ],
)
def test_entries_of_an_unknown_shape_are_refused(params: dict[str, object]) -> None:
    with pytest.raises(SubscriptionRefused, match="No subscription params provided"):
        parse_binding(params)
    with pytest.raises(SubscriptionRefused, match="to subscribe to: <redacted>"):
        parse_binding({**params, "user_token": "secret"})


def test_a_selection_that_is_neither_list_nor_text_counts_for_nothing() -> None:
    assert parse_binding({"table": "t", "select": 5}).select is None
    with pytest.raises(SubscriptionRefused, match="Error parsing `select`"):
        parse_binding({"select": "a"})
