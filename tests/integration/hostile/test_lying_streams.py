"""Frames that are wrong in every way: what comes after them is shown all the same."""

from __future__ import annotations

import pytest

from rtwidget.replica.budgets import DIRTY_ROWS_FOR_PASS
from tests.integration.hostile.conftest import OpenTable, until
from tests.integration.hostile.liar import Liar
from tests.integration.hostile.test_lying_reads import names
from tests.property.hostile.json_text import LITERALS, object_text

FRAMES: list[tuple[str, str | bytes]] = [
    ("no text", b"\xff\xfe"),
    ("bytes", b"\x00" * 100),
    ("too deep", "[" * 100_000),
    ("another topic", '[null,null,"realtime:other","postgres_changes",{"data":1}]'),
    ("another event", '[null,null,"TOPIC","presence_state",{}]'),
    ("no frame", '{"topic":"TOPIC"}'),
    ("the end", '["1","1","TOPIC","phx_close",{}]'),
    (
        "subscribed again",
        '["1",null,"TOPIC","system",{"status":"ok","extension":"postgres_changes"}]',
    ),
    (
        "a strange reply",
        '["1","1","TOPIC","phx_reply",{"status":"error","response":{"reason":[]}}]',
    ),
    ("a huge frame", "x" * (16 * 2**20 + 1)),
    ("a big frame", '[null,null,"TOPIC","postgres_changes",{"data":"' + "x" * (15 * 2**20) + '"}]'),
]


@pytest.mark.parametrize("frame", [one for _, one in FRAMES], ids=[name for name, _ in FRAMES])
def test_the_row_after_a_wrong_frame_is_shown(
    liar: Liar, open_table: OpenTable, frame: str | bytes
) -> None:
    liar.frames = [frame]
    table = open_table()
    until(table, lambda: table.stats.connections > 0, "A connection")
    liar.frames = []
    until(table, lambda: table.status.state.value in {"live", "polling"}, "Live")
    liar.put(3, "three")
    until(table, lambda: names(table) == liar.rows, "The row")


@pytest.mark.parametrize("type_name", ["int8", "uuid", "text", "mood"])
def test_keys_that_are_none_are_read_by_a_pass(
    liar: Liar, open_table: OpenTable, type_name: str
) -> None:
    table = open_table().wait_ready()
    for part in LITERALS:
        columns = f'[{{"name":"id","type":"{type_name}"}}]'
        members = {"schema": '"public"', "table": '"t"', "type": '"INSERT"', "columns": columns}
        data = object_text({**members, "record": object_text({"id": part})})
        # What the honest part of the server reads as a number may be asked for.
        if not part.strip('"').isalnum() or part.isdigit():
            liar.tell(f'[null,null,"TOPIC","postgres_changes",{object_text({"data": data})}]')
    liar.put(3, "three")
    until(table, lambda: names(table) == liar.rows, "The row")
    assert table.status.state.value == "live"


def test_a_flood_of_keys_holds_no_memory(liar: Liar, open_table: OpenTable) -> None:
    table = open_table().wait_ready()
    lease = table._handle._attachment._lease
    assert lease is not None
    most = 0
    for begin in range(0, 5 * DIRTY_ROWS_FOR_PASS, 100):
        liar.tell(*[liar.change(begin + number + 10) for number in range(100)])
        most = max(most, len(lease.feed.state.replica.dirty))
    liar.put(3, "three")
    until(table, lambda: names(table) == liar.rows, "The row")
    assert 0 < most <= DIRTY_ROWS_FOR_PASS
