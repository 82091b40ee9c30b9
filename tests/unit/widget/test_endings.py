"""How what nobody refers to ends: on a thread of its own, and one after another."""

from __future__ import annotations

import pytest

from rtwidget.widget.lifecycle import references as lifetime
from rtwidget.widget.lifecycle.references import Lifetimes
from tests.unit.feed.bench import until_happened


def test_an_end_that_fails_is_logged_and_keeps_no_other_from_its_own(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ended: list[str] = []
    lifetimes = Lifetimes()

    class Thing:
        """Something that lives."""

    def broken() -> None:
        raise ZeroDivisionError

    for end in (broken, lambda: ended.append("the other")):
        thing = Thing()
        lifetimes.begin(thing, end)
        lifetimes.release(thing)
        del thing
    until_happened(lambda: bool(ended), "The other's end")
    assert "could not be closed" in caplog.text
    assert lifetime.LIFETIMES is not lifetimes
