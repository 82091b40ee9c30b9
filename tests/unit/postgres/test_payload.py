"""Payloads: what our trigger sends, and what anybody else may send."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.abc import Notification
from rtwidget.replica.keys import NumberText
from rtwidget.sources.postgres.listen.payload import PayloadReader

EVERYTHING = Notification(everything=True)
UUID = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"


def read(payload: str, **columns: str) -> Notification | None:
    return PayloadReader(tuple(columns), tuple(columns.values())).read(payload)


def told(*keys: list[Any], columns: tuple[str, ...] = ("id",)) -> str:
    return json.dumps({"columns": columns, "keys": keys})


@pytest.mark.parametrize(
    ("type_name", "value"),
    [
        ("int2", -32768),
        ("int8", 2**63 - 1),
        ("oid", 2**32 - 1),
        ("text", "naïve"),
        ("uuid", UUID),
        ("bool", True),
        ("date", "2024-01-01"),
        ("mood", "sad"),
        ("numeric", 5),
    ],
)
def test_keys_are_taken_as_reads_spell_them(type_name: str, value: object) -> None:
    assert read(told([value]), id=type_name) == Notification(((value,),))  # type: ignore[arg-type]


def test_a_fraction_keeps_its_digits() -> None:
    notification = read('{"columns": ["id"], "keys": [[1.50]]}', id="numeric")
    assert notification == Notification((("1.50",),))
    assert isinstance(notification.keys[0][0], NumberText)


def test_columns_may_come_in_another_order_and_keys_twice() -> None:
    payload = told([1, "x"], [1, "x"], [2, "y"], columns=("b", "a"))
    assert read(payload, a="text", b="int4") == Notification((("x", 1), ("y", 2)))


def test_everything() -> None:
    assert read('{"everything": true}', id="int4") == EVERYTHING


@pytest.mark.parametrize(
    ("type_name", "part"),
    [
        ("int4", 2**31),
        ("int4", "1"),
        ("int4", True),
        ("int8", 1.5),
        ("text", 1),
        ("text", "a\0b"),
        ("text", None),
        ("text", ["a"]),
        ("text", {"a": 1}),
        ("uuid", UUID.upper()),
        ("uuid", "x"),
        ("bool", 1),
        ("date", 1),
        ("numeric", False),
    ],
)
def test_a_part_that_cannot_be_a_key_wants_a_pass(type_name: str, part: object) -> None:
    assert read(told([part]), id=type_name) == EVERYTHING


def test_keys_of_other_columns_want_a_pass() -> None:
    assert read(told([1], columns=("other",)), id="int4") == EVERYTHING
    assert read(told([1, 2]), id="int4") == EVERYTHING
    assert read(told([1]), id="int4", no="int4") == EVERYTHING


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "{}",
        "[]",
        "null",
        '"x"',
        "{",
        "[" * 7999,
        '{"keys": {}}',
        '{"keys": [1]}',
        '{"keys": []}',
        '{"columns": [1], "keys": [[1]]}',
        '{"everything": "yes"}',
        '{"everything": false}',
        "\ud800",
        "NaN",
    ],
)
def test_what_is_none_of_ours_is_ignored(payload: str) -> None:
    assert read(payload, id="int4") is None


@given(st.text(max_size=200))
def test_no_text_is_too_much(payload: str) -> None:
    assert read(payload, id="int4") in (None, EVERYTHING)


PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(st.lists(PARTS, max_size=3), max_size=5), st.lists(st.text(max_size=3), max_size=3))
def test_any_json_of_our_shape_gives_fitting_keys_or_a_pass(
    keys: list[list[Any]], columns: list[str]
) -> None:
    notification = read(told(*keys, columns=("id", *columns)), id="int4")
    if notification is not None:
        assert all(type(part) is int and abs(part) <= 2**31 for (part,) in notification.keys)
