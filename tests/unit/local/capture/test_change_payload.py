"""The JSON of a change, digit by digit, and the size rule of error 413."""

from __future__ import annotations

from rtwidget.local.capture import change_payload


def test_record_keeps_digits_and_jsonb_order() -> None:
    cells = {"amount": "1.10", "id": "9007199254740993", "b": None, "hidden": "1"}
    assert change_payload.record_json(cells, ["id", "amount", "b"]) == (
        '{"b": null, "id": 9007199254740993, "amount": 1.10}'
    )


def test_without_large_keeps_64_bytes_and_no_nulls() -> None:
    cells = {"a": '"' + "x" * 62 + '"', "b": '"' + "x" * 63 + '"', "c": None, "d": '"é"'}
    assert set(change_payload.without_large(cells)) == {"a", "d"}
