"""What a join asks for, whatever shape it has."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.local.realtime.joining.join_config import event_refusal, read_config


@pytest.mark.parametrize(
    "config",
    [
        None,
        [],
        "text",
        {"postgres_changes": None},
        {"postgres_changes": {"table": "t"}},
        {"postgres_changes": [None, 5]},
        {"broadcast": None, "presence": {"enabled": False}, "private": None},
    ],
)
def test_other_shapes_count_as_nothing(config: object) -> None:
    read = read_config({"config": config})
    assert (read.changes, read.is_private, read.refusal) == ([], False, None)


@pytest.mark.parametrize(("value", "is_private"), [(True, True), ("TRUE", True), (1, False)])
def test_a_private_channel(value: object, is_private: bool) -> None:  # noqa: FBT001
    assert read_config({"config": {"private": value}}).is_private is is_private


@pytest.mark.parametrize(
    ("payload", "refusal"),
    [
        ({}, "joins without `config`"),
        ({"config": {"broadcast": {"replay": {}}}}, "UnableToReplayMessages"),
        ({"config": {"broadcast": {"replay": {}}, "private": True}}, "broadcast from the database"),
        ({"config": {"broadcast": {"replication_ready": True}}}, "broadcast from the database"),
        ({"config": {"presence": {"enabled": "true"}}}, "presence"),
    ],
)
def test_what_is_not_done_here_is_refused_by_name(payload: dict[str, Any], refusal: str) -> None:
    assert refusal in str(read_config(payload).refusal)


def test_events_that_nobody_answers_are_not_refused() -> None:
    assert event_refusal("typing") is None
    assert "`broadcast`" in str(event_refusal("broadcast"))
