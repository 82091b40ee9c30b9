"""A column of JSON as Python objects."""

from __future__ import annotations

from rtwidget.store.dataframes.json_series import json_series
from tests.unit.store.snapshots import json_text, snapshot_of


def test_json_that_no_object_can_hold_stays_text_and_is_told() -> None:
    deep, told = json_text("[" * 1200 + "]" * 1200), []
    snapshot = snapshot_of({"a": [deep, json_text("[1]")]}, {"a": "jsonb"})
    values = json_series(snapshot, 1, [], lambda *remark: told.append(remark))
    assert values.to_list() == [deep, [1]]
    assert [name for name, _ in told] == ["a"]
