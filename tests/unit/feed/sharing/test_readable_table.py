"""A thread that reads the rows never takes those that a reset emptied for a table without rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rtwidget.feed.follower import Followers
from rtwidget.feed.sharing.handle import TableHandle
from rtwidget.store.rows import KeyedRows
from tests.unit.feed.bench import SCHEMA, Bench, Server, until, until_settled


def change_identity(handle: TableHandle) -> None:
    handle._attachment.identity_changed()


def reset(handle: TableHandle) -> None:
    lease = handle._attachment._lease
    assert lease is not None
    lease.feed.state.reset("columns changed", SCHEMA)


@pytest.mark.parametrize("empty", [change_identity, reset])
def test_rows_are_not_called_verified_from_before_they_go(
    workshop: Bench,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    empty: Callable[[TableHandle], None],
) -> None:
    handle = workshop.open(server)
    until_settled(handle)
    seen: list[object] = []

    def look(_followers: Followers) -> None:
        seen.append((len(handle.snapshot()), handle.take_verified_snapshot(None)))

    monkeypatch.setattr(Followers, "emptied", look)
    workshop.do(empty, handle)
    assert (0, None) in seen
    until(handle, {1: "one"})


def test_rows_that_are_emptied_while_they_are_taken_are_not_taken(
    workshop: Bench, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = workshop.open(server)
    until_settled(handle)
    taken = handle.take_verified_snapshot(None)
    assert taken is not None
    assert len(taken.snapshot) == 1
    state = handle._attachment._lease.feed.state  # type: ignore[union-attr]
    real = handle.snapshot

    def emptied_meanwhile() -> object:
        monkeypatch.setattr(state, "rows", KeyedRows(SCHEMA))
        return real()

    monkeypatch.setattr(handle, "snapshot", emptied_meanwhile)
    assert handle.take_verified_snapshot(None) is None
