"""How what nobody refers to ends: on a thread of its own, and one after another."""

from __future__ import annotations

import pytest

from rtwidget.widget.lifecycle.kept_alive import KEPT_ALIVE, KeptAlive
from tests.unit.feed.bench import until_happened


def test_an_end_that_fails_is_logged_and_keeps_no_other_from_its_own(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ended: list[str] = []
    kept = KeptAlive()

    class Thing:
        """Something that lives."""

    def broken() -> None:
        raise ZeroDivisionError

    for end in (broken, lambda: ended.append("the other")):
        thing = Thing()
        kept.begin(thing, end)
        kept.release(thing)
        del thing
    until_happened(lambda: bool(ended), "The other's end")
    assert "could not be closed" in caplog.text
    assert KEPT_ALIVE is not kept
