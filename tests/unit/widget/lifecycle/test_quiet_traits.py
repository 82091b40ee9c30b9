"""What the kernel sends keeps it from being culled, so nothing is sent that nobody can see."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.widget.lifecycle import cell_ownership as belonging
from rtwidget.widget.live_table import LiveTable


def test_the_situation_is_sent_only_while_somebody_may_look(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []

    def said() -> bool:
        """Whether the situation leaves now."""
        sent.clear()
        table.send_state("status")
        return any("status" in message.get("state", {}) for message in sent)

    def say(kind: str, **more: object) -> None:
        table._received(table, {"kind": kind, "view": "v", **more}, [])
        table._handle.call_and_wait(lambda: None)

    monkeypatch.setattr(table.comm, "send", lambda data, **_: sent.append(data))
    table.wait_ready()
    assert not said()
    table._repr_mimebundle_()
    assert said()
    monkeypatch.setattr(belonging, "DETACH_S", 0.0)
    assert not said()
    monkeypatch.setattr(belonging, "DETACH_S", 60.0)
    say("hello", id=1, first=0, count=2)
    assert said()
    say("visible", visible=False)
    assert not said()
    say("visible", visible=True)
    assert said()
    say("bye")
    assert not said()
    table.close()
    assert said()
