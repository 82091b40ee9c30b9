"""What a widget takes from the browser and from forked processes, and that ipywidgets does not keep it alive."""

from __future__ import annotations

from rtwidget.widget.live_table import LiveTable


def test_the_browser_sets_no_trait(table: LiveTable) -> None:
    table.wait_ready()
    before = {name: table.get_state()[name] for name in ("columns", "sort", "settings", "_esm")}
    for state in (
        {"status": {"state": "live"}},
        {"sort": [{"column": "x" * 10_000}] * 10_000},
        {"columns": [], "settings": {"title": "another"}, "_esm": "export default {}"},
        {"no such trait": 1},
    ):
        table._handle_msg({"content": {"data": {"method": "update", "state": state}}})
    assert {name: table.get_state()[name] for name in before} == before
    assert table.status.state.value == "live"
