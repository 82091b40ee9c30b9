"""What a live table gives to Python without Jupyter: frames, waits, callbacks, iterators, pauses."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from queue import Queue

import ipywidgets
import pandas as pd
import pytest
import traitlets

from rtwidget.errors import ClosedError, NotReadyError
from rtwidget.feed.changes import Change
from rtwidget.local import LocalBackend
from rtwidget.widget.live_table import LiveTable
from tests.integration.table.conftest import OpenTable, publish, until_state, until_true
from tests.patience import PATIENCE_S


@pytest.fixture
def table(backend: LocalBackend, name: str) -> str:
    publish(backend, name, "id int primary key, name text, n int")
    backend.sql(f"insert into {name} select i, 'row ' || i, i from generate_series(1, 5) i")
    return name


@pytest.fixture
def live(table: str, open_table: OpenTable) -> LiveTable:
    return open_table().wait_ready()


def test_two_reads_in_one_breath_agree(
    backend: LocalBackend, table: str, live: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rtwidget.widget.reading.frame_cache._SAME_ROWS_S", 600.0)
    assert len(live.df) == 5
    backend.sql(f"delete from {table} where id > 2")
    live._handle.wait(lambda: True if len(live._handle.snapshot()) == 2 else None, 15, "Fewer rows")
    assert len(live.df) == 5
    monkeypatch.setattr("rtwidget.widget.reading.frame_cache._SAME_ROWS_S", 0.0)
    assert len(live.df) == 2


def test_a_frame_may_be_changed_and_the_next_one_is_whole(live: LiveTable) -> None:
    mine = live.df
    mine.loc[1, "name"] = "mine"
    mine["more"] = 1
    mine.attrs["mine"] = True
    assert live.df.loc[1, "name"] == "row 1"
    assert "more" not in live.df.columns
    assert "mine" not in live.df.attrs


def test_a_frame_says_as_of_when_and_in_which_state(live: LiveTable) -> None:
    before = datetime.now(UTC)
    frame = live.to_pandas()
    assert before <= frame.attrs["as_of"] <= datetime.now(UTC)
    assert frame.attrs["state"] == "live"


def test_nullable_types_on_request(live: LiveTable) -> None:
    frame = live.to_pandas(dtype_backend="numpy_nullable")
    assert str(frame["n"].dtype) == "Int64"
    pd.testing.assert_frame_equal(frame, live.df.convert_dtypes(), check_index_type=False)


def test_partial_rows_come_without_waiting(open_table: OpenTable) -> None:
    nobody = open_table(url="http://127.0.0.1:9")
    assert len(nobody.to_pandas(partial=True)) == 0
    with pytest.raises(NotReadyError, match=r"127\.0\.0\.1:9"):
        nobody.wait_ready(timeout=1)


def test_waiting_is_for_what_is_already_there_too(
    backend: LocalBackend, table: str, live: LiveTable
) -> None:
    assert live.wait_for(lambda df: len(df) == 5) is live
    backend.sql(f"insert into {table} values (6, 'six', 6)")
    live.wait_for(lambda df: 6 in df.index)
    live.wait_for(lambda df: 6 in df.index)


async def test_the_same_waits_on_an_event_loop(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = open_table()
    assert await live.ready() is live
    waiting = asyncio.ensure_future(live.until(lambda df: 6 in df.index))
    await asyncio.to_thread(backend.sql, f"insert into {table} values (6, 'six', 6)")
    assert await waiting is live
    with pytest.raises(NotReadyError):
        await live.until(lambda df: 7 in df.index, timeout=0.1)
    live.close()
    with pytest.raises(ClosedError):
        await live.ready()


async def test_changes_can_be_iterated_and_leaving_the_loop_stops_to_follow(
    backend: LocalBackend, table: str, open_table: OpenTable
) -> None:
    live = await open_table().ready()
    mirror = set(live.df.index)

    async def follow() -> None:
        async for change in live.changes():
            mirror.difference_update(change.removed)
            mirror.update(change.inserted)

    following = asyncio.ensure_future(follow())
    known = len(live._handle._attachment.followers)
    await asyncio.to_thread(
        until_true, lambda: len(live._handle._attachment.followers) > known, "Following"
    )
    await asyncio.to_thread(backend.sql, f"insert into {table} values (6, 'six', 6), (7, '7', 7)")
    await asyncio.to_thread(backend.sql, f"delete from {table} where id <= 2")
    await asyncio.to_thread(until_true, lambda: mirror == {3, 4, 5, 6, 7}, "The same keys")
    assert sorted(live.to_pandas().index) == [3, 4, 5, 6, 7]
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    await asyncio.to_thread(
        until_true, lambda: len(live._handle._attachment.followers) == known, "Unfollowing"
    )


def test_callbacks_hear_of_every_key_until_they_are_removed(
    backend: LocalBackend, table: str, live: LiveTable, capsys: pytest.CaptureFixture[str]
) -> None:
    got: Queue[Change] = Queue()

    def broken(change: Change) -> None:
        raise ValueError("a callback of the user")

    live.on_change(broken)
    live.on_change(got.put)
    live.wait_for(lambda df: True)
    while not got.empty():
        got.get()
    backend.sql(f"insert into {table} values (6, 'six', 6)")
    assert got.get(timeout=PATIENCE_S).inserted == (6,)
    backend.sql(f"update {table} set n = 0 where id = 6")
    assert got.get(timeout=PATIENCE_S).updated == (6,)
    backend.sql(f"delete from {table} where id = 6")
    assert got.get(timeout=PATIENCE_S).removed == (6,)
    live.on_change(got.put, remove=True)
    backend.sql(f"delete from {table}")
    live.wait_for(lambda df: len(df) == 0)
    live.close()
    assert got.empty()
    assert "a callback of the user" in capsys.readouterr().err


def test_a_pause_keeps_the_picture_and_resume_brings_the_rest(
    backend: LocalBackend, table: str, live: LiveTable
) -> None:
    live.pause()
    until_true(lambda: backend.subscriptions == 0, "Leaving the stream")
    assert live.status.state.value == "paused"
    backend.sql(f"insert into {table} values (6, 'six', 6)")
    assert 6 not in live.df.index
    live.resume()
    live.wait_for(lambda df: 6 in df.index)
    until_state(live, "live")
    assert backend.subscriptions == 1


def test_the_status_can_be_observed_and_linked(backend: LocalBackend, live: LiveTable) -> None:
    label = ipywidgets.Label()
    traitlets.dlink((live, "status"), (label, "value"), lambda status: f"{status.state}")
    until_true(lambda: label.value == "live", "The link")
    backend.faults.block_websocket()
    backend.faults.close(1011)
    until_true(lambda: label.value == "offline", "The link's offline")
    backend.faults.clear()
    live.refresh()
    until_true(lambda: label.value == "live", "The link's live again")
    assert repr(live.status).startswith("<Status live · 5 rows · verified")
    label.close()
