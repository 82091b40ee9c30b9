"""What a table gives to Python while it is paused."""

from __future__ import annotations

from rtwidget.replica.states.table_state import State
from rtwidget.sources.memory import MemoryTable
from rtwidget.widget.live_table import LiveTable


def test_a_paused_table_keeps_its_rows_until_it_goes_on(
    table: LiveTable, source: MemoryTable
) -> None:
    table.wait_ready()
    table.pause()
    assert table._handle.status.state is State.PAUSED
    table._handle.call_and_wait(lambda: source.put((9, "new", 0)))
    assert len(table.df) == 5
    table.resume()
    table.wait_ready()
    table.wait_for(lambda frame: len(frame) == 6, timeout=60)
