"""A browser page as the kernel sees it: messages in, messages out, over an in-process table."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

from rtwidget.feed.runtime.loop_thread import LoopThread
from rtwidget.feed.sharing.registry import Registry
from rtwidget.replica.schema import Column, Schema
from rtwidget.replica.states.table_state import State
from rtwidget.sources.memory import MemoryRequest, MemoryTable
from rtwidget.view.hub import ViewHub
from rtwidget.view.replica_table import ReplicaTable
from tests.patience import PATIENCE_S

DOWN = [{"column": "id", "descending": True}]
WINDOW: dict[str, Any] = {"first": 0, "count": 3}
SCHEMA = Schema((Column("id", "int8"), Column("name", "text"), Column("n", "int8")), ("id",))


class Page:
    """Views of one table; every method is called on the test's thread.

    Args:
        rows: How many rows the table begins with.
    """

    def __init__(self, rows: int = 30) -> None:
        self.loop = LoopThread("page")
        self.loop.acquire()
        self.table = MemoryTable(SCHEMA)
        self.table.rows.update({(key,): (key, f"row {key}", 0) for key in range(rows)})
        self.handle = ReplicaTable(MemoryRequest(self.table), None, self.loop, Registry())
        self.sent: list[dict[str, Any]] = []
        self.hub = self.do(lambda: ViewHub(self.handle, (), self.sent.append))
        self.handle.follow(self.hub)
        self.handle.wait(self._settled, PATIENCE_S, "A quiet live table")

    def do(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function on the loop thread, and return what it returned."""

        async def run() -> Any:
            return function(*arguments)

        return self.loop.submit(run()).result(PATIENCE_S)

    def say(self, kind: str, view: str = "v", **fields: Any) -> None:
        """Send a message of the browser."""
        self.do(self.hub.receive, {"kind": kind, "view": view, **fields})

    def hello(self, view: str = "v", first: int = 0, count: int = 5) -> None:
        self.say("hello", view, id=1, first=first, count=count)

    def wait_for(self, condition: Callable[[], bool], timeout_s: float = PATIENCE_S) -> bool:
        """Wait until a condition holds; return whether it did in time."""
        deadline = monotonic() + timeout_s
        while not condition():
            if monotonic() > deadline:
                return False
            sleep(0.005)
        return True

    def frames(self, view: str = "v") -> list[dict[str, Any]]:
        return [one for one in self.sent if one["kind"] == "frame" and one["view"] == view]

    def frame(self, number: int, view: str = "v") -> dict[str, Any]:
        """Return the view's frame of that number, once it is there."""
        assert self.wait_for(lambda: len(self.frames(view)) >= number)
        return self.frames(view)[number - 1]

    def painted(self, view: str = "v") -> None:
        """Paint every frame until none follows by itself, as a page does that has time, and answer those that ask."""
        painted = 0

        def unpainted() -> bool:
            return self.frames(view)[-1:] != [] and self.frames(view)[-1]["seq"] > painted

        while self.wait_for(unpainted, 0.3):
            fresh = [one for one in self.frames(view) if one["seq"] > painted]
            painted = fresh[-1]["seq"]
            if any("ack" in one for one in fresh):
                self.say("ack", view, seq=painted)

    def close(self) -> None:
        self.handle.close(self.hub.close)
        self.loop.release()

    def _settled(self) -> bool | None:
        lease = self.handle._attachment._lease
        replica = None if lease is None else lease.feed.state.replica
        idle = replica is not None and replica.want is None and replica.running is None
        return True if idle and self.handle.status.state is State.LIVE else None


def ids(frame: dict[str, Any]) -> list[str]:
    return [row[0] for row in frame["rows"]]
