"""What somebody does with rows is read with its bounds: as many rows as a person picks, and names that columns can have."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from rtwidget.view.messages.browser_messages import parse
from rtwidget.view.messages.row_messages import (
    MOST_SELECTED,
    Copy,
    Select,
    Span,
    Values,
    WholeRow,
)
from rtwidget.view.messages.window_messages import SeenRow


def said(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "view": "v", "id": 1, **fields}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (said("values", column=""), Values("v", 1, "")),
        (said("row", key="k" * 10_000), WholeRow("v", 1, "k" * 10_000)),
        (said("copy", keys=[], columns=["a", "a"]), Copy("v", 1, (), ("a", "a"))),
        (said("span", start="1", end={"key": None, "place": 7}),
         Span("v", 1, "1", SeenRow(None, 7))),
        (said("span", start="1", end={"key": "9", "place": 0}), Span("v", 1, "1", SeenRow("9", 0))),
        (said("select", keys=["2", "1"]), Select("v", 1, ("2", "1"))),
    ],
)  # fmt: skip
def test_each_message_about_rows_is_read(content: object, message: object) -> None:
    assert parse(content) == message


@pytest.mark.parametrize("kind", ["select", "copy"])
def test_as_many_rows_are_taken_as_a_person_picks(kind: str) -> None:
    most = said(kind, keys=["1"] * MOST_SELECTED, columns=[])
    parsed = parse(most)
    assert isinstance(parsed, Select | Copy)
    assert len(parsed.keys) == MOST_SELECTED
    with pytest.raises(msgspec.ValidationError, match="keys"):
        parse({**most, "keys": ["1"] * (MOST_SELECTED + 1)})


@pytest.mark.parametrize(
    "content",
    [
        said("values", column="c" * 257),
        said("values", column=None),
        said("row", key="k" * 10_001),
        said("row", key=5),
        said("copy", keys=[], columns=["c" * 257]),
        said("select", keys=[None]),
        said("span", start="1", end={"key": "9"}),
        said("span", start="1", end={"key": "9", "place": -1}),
        said("span", start=None, end={"key": "9", "place": 1}),
    ],
)
def test_what_names_no_row_or_column_is_refused(content: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        parse(content)
