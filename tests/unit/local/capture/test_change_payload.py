"""The JSON of a change, digit by digit, and the size rule of error 413."""

from __future__ import annotations

from datetime import UTC, datetime

from rtwidget.local.capture import change_payload


def test_record_keeps_digits_and_jsonb_order() -> None:
    cells = {"amount": "1.10", "id": "9007199254740993", "b": None, "hidden": "1"}
    assert change_payload.record_json(cells, ["id", "amount", "b"]) == (
        '{"b": null, "id": 9007199254740993, "amount": 1.10}'
    )


def test_without_large_keeps_64_bytes_and_no_nulls() -> None:
    cells = {"a": '"' + "x" * 62 + '"', "b": '"' + "x" * 63 + '"', "c": None, "d": '"é"'}
    assert set(change_payload.without_large(cells)) == {"a", "d"}


def test_members_depend_on_the_kind_of_change() -> None:
    parts = {"record": "{1}", "columns": "[]", "commit_timestamp": '"now"', "old_record": "{0}"}
    inserted = change_payload.change_json("INSERT", "s", "é", parts, None)
    assert inserted == (
        '{"table":"é","type":"INSERT","record":{1},"columns":[],"errors":null,"schema":"s",'
        '"commit_timestamp":"now"}'
    )
    assert '"record":{1}' in change_payload.change_json("UPDATE", "s", "t", parts, None)
    deleted = change_payload.change_json("DELETE", "s", "t", parts, "lost")
    assert '"record":{1}' not in deleted
    assert '"errors":["lost"]' in deleted
    assert deleted.endswith('"old_record":{0}}')


def test_commit_times_have_milliseconds() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 6999, tzinfo=UTC)
    assert change_payload.commit_time(moment) == "2026-01-02T03:04:05.006Z"
