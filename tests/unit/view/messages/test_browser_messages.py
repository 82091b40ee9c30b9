"""What the browser may say is read into messages, and nothing else is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from rtwidget.view.messages.browser_messages import Ack, Bye, Hold, Retry, Still, Visible, parse
from rtwidget.view.messages.window_messages import MOST_VIEW_ID, MOST_WINDOW_ROWS, Window
from tests.unit.view.messages.wrong_messages import GOOD


def said(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "view": "v", **fields}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (GOOD, Window("v", 2, 0, 5)),
        (said("ack", seq=0), Ack("v", 0)),
        (said("visible", visible=False), Visible("v", False)),  # noqa: FBT003  (a message)
        (said("still", id=2**53, still=True), Still("v", 2**53, True)),  # noqa: FBT003
        (said("hold", id=1, held=True), Hold("v", 1, True)),  # noqa: FBT003
        (said("retry", id=1), Retry("v", 1)),
        (said("bye"), Bye("v", gone=False)),
        (said("bye", gone=True), Bye("v", gone=True)),
        (said("bye", later="a field of a newer page"), Bye("v")),
        ({**GOOD, "view": "v" * MOST_VIEW_ID}, Window("v" * MOST_VIEW_ID, 2, 0, 5)),
        ({**GOOD, "count": MOST_WINDOW_ROWS}, Window("v", 2, 0, MOST_WINDOW_ROWS)),
    ],
)
def test_each_kind_of_message_is_read(content: object, message: object) -> None:
    assert parse(content) == message


@pytest.mark.parametrize(
    "content",
    [
        said("ack", seq=-1),
        said("ack", seq=1.5),
        said("ack"),
        said("visible", visible=1),
        said("hold", id=2**53 + 1, held=True),
        said("bye", gone="yes"),
        said("Ack", seq=1),
        {"kind": "ack", "seq": 1},
        {**GOOD, "view": ""},
        {**GOOD, "view": "v" * (MOST_VIEW_ID + 1)},
        {**GOOD, "count": MOST_WINDOW_ROWS + 1},
        [GOOD],
        None,
    ],
)
def test_what_the_contract_does_not_know_is_refused(content: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        parse(content)


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"])
def test_half_of_a_character_is_no_text(text: str) -> None:
    with pytest.raises(UnicodeError):
        parse({**GOOD, "kind": "query", "search": text})
    assert parse({**GOOD, "view": "\U0001f600"}) == Window("\U0001f600", 2, 0, 5)
