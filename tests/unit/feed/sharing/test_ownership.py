"""A table belongs to the process that made it."""

from __future__ import annotations

import pytest

from rtwidget.errors import ForkedError
from rtwidget.replica.states.table_state import State
from rtwidget.sources import forking
from tests.unit.feed.bench import Bench, Server


def test_a_table_of_another_process(
    workshop: Bench, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = workshop.open(server)
    handle.wait(lambda: True if handle.status.state is State.LIVE else None, 30, "Live")
    with monkeypatch.context() as patch:
        patch.setattr(forking, "_now", forking.Process())
        assert str(handle.status.state) == "failed"
        assert handle.status.verified_at is not None
        handle.close()
        for use in (handle.snapshot, handle.refresh, handle.check, lambda: handle.request):
            with pytest.raises(ForkedError):
                use()
    assert not handle.closed
    handle.close()
    monkeypatch.setattr(forking, "_now", forking.Process())
    assert str(handle.status.state) == "closed"
