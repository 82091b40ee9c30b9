"""Tables that are hard to show: many columns, text from right to left, emoji, very long JSON, uuids."""

from __future__ import annotations

import json
from typing import Any

from tests.page.proposals import Cell

KINDS = ("int", "text", "float", "bool", "timestamptz", "numeric", "date", "json", "uuid", "array")
CELLS: dict[str, str] = {
    "int": "123456",
    "text": "some words",
    "float": "0.25",
    "timestamptz": "2026-11-22T18:37:05+00:00",
    "numeric": "1234.50",
    "date": "2026-12-01",
    "json": '{"a": 1}',
    "uuid": "018f6d2a-7c11-7abc-8def-0123456789ab",
    "array": '["a", "b"]',
}
SCRIPTS = (
    "עדכון חוזה: סעיף 4 (גרסה 2.1) אושר",
    "مراجعة الطلب رقم 88123 قبل يوم الجمعة",
    "mixed: שלום hello عالم 123",
    "👩‍👩‍👧‍👦 family, 🏳️‍🌈 flag, 🇩🇪 flag, 👍🏽 skin",
    "日本語のテキストと全角ＡＢＣ１２３",
    "e\u0301 combining, ﷽ wide, a\u202eright-to-left override",
    "🚀" * 60,
    "संस्कृतम् 한국어 ไทย Ελληνικά",
)


def column(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "kind": kind, "key": name == "id"}


NAMES = ("{}", "{}_2", "a_rather_long_name_of_{}")
NAMED = [(name.format(kind), kind) for name in NAMES for kind in KINDS]
THIRTY_COLUMNS = [column("id", "int"), *[column(name, kind) for name, kind in NAMED[1:]]]
TEXT_COLUMNS = [column("id", "int"), column("כותרת 🚀", "text"), column("note", "text")]
JSON_COLUMNS = [column("id", "int"), column("payload", "json"), column("tags", "array")]


def thirty(count: int) -> list[list[Cell]]:
    """Rows of thirty columns."""
    return [
        [str(index), *(CELLS.get(one["kind"], index % 2 == 0) for one in THIRTY_COLUMNS[1:])]
        for index in range(count)
    ]


def scripts(count: int) -> list[list[Cell]]:
    """Rows of text in many scripts."""
    return [
        [str(index), SCRIPTS[index % len(SCRIPTS)], SCRIPTS[(index + 3) % len(SCRIPTS)]]
        for index in range(count)
    ]


def long_json(count: int) -> list[list[Cell]]:
    """Rows of JSON as the kernel cuts it."""
    steps = [{"step": step, "tool": "query", "ok": True, "note": "שלום 👋"} for step in range(40)]
    text = json.dumps({"model": "m-large", "steps": steps}, ensure_ascii=False)
    tags = json.dumps([f"tag-{number}" for number in range(80)])
    return [[str(index), f"{text[:499]}…", f"{tags[:499]}…"] for index in range(count)]
