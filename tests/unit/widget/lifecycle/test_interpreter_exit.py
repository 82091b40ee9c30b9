"""Tables that are open when the interpreter ends say goodbye."""

from __future__ import annotations

import pytest

from rtwidget.widget.lifecycle import interpreter_exit as closing
from rtwidget.widget.lifecycle.interpreter_exit import Closable


def test_one_table_that_cannot_say_goodbye_keeps_no_other_from_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    closed: list[str] = []

    class Good:
        def close(self) -> None:
            closed.append("good")

    class Bad:
        def close(self) -> None:
            raise ZeroDivisionError

    tables: list[Closable] = [Good(), Bad(), Good()]
    monkeypatch.setattr(closing, "_open", set())
    for one in tables:
        closing.close_at_exit(one)
    closing._close_all()
    assert closed == ["good", "good"]
    assert "could not be closed" in caplog.text
