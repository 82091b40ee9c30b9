"""What the browser is told of a message that nobody could read."""

from __future__ import annotations

from typing import Final

from rtwidget.view.messages.window_messages import MOST_VIEW_ID

_MOST_NUMBER: Final = 2**63  # a longer one cannot be written as text
_MOST_REASON: Final = 300  # characters; what was wrong may itself be as long as a message can be


def refusal(content: object, why: Exception) -> dict[str, object] | None:
    """Return the answer to a message that could not be read, or None when it names no view to answer.

    Nothing of it is repeated that is longer than a message of ours would have it.
    """
    view = content.get("view") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(view, str):
        return None
    if not view.isascii() or len(view) > MOST_VIEW_ID:
        return None
    number = content.get("id")
    return {
        "kind": "error",
        "view": view,
        "id": number if isinstance(number, int) and abs(number) < _MOST_NUMBER else None,
        "message": "The kernel refused a message of the view.",
        "hint": str(why)[:_MOST_REASON],
    }
