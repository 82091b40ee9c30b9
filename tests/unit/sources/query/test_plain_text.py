"""Texts that a database can hold."""

from __future__ import annotations

import pytest

from rtwidget.sources.query.plain_text import can_be_sent


@pytest.mark.parametrize(
    ("text", "can"), [("", True), ("ä\U0001f600", True), ("\0", False), ("\udc80", False)]
)
def test_what_can_be_sent(text: str, can: bool) -> None:  # noqa: FBT001
    assert can_be_sent(text) is can
