"""A simulated Realtime server: polls the log in batches, announces at most once, and loses without a word."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random

from rtwidget.abc import Event, Notification
from rtwidget.errors import ConnectionLostError, SourceError
from rtwidget.replica.keys import Key
from tests.sim.servers.table import Change, Table


@dataclass(eq=False)
class Subscription:
    """One join.

    Args:
        identity: As whom it listens.
        frames: What is on the way to the client, with the time of its arrival.
        from_place: Where in the log its announcements begin.
        dead: Whether the server has forgotten it for ever, without a word (L6).
        made_at: When the server took it.
        ends_at: When its token ends, in Unix seconds.
    """

    identity: str
    frames: asyncio.Queue[tuple[float, Event | SourceError]] = field(default_factory=asyncio.Queue)
    from_place: int = 0
    dead: bool = False
    last_at: float = 0.0
    made_at: float = 0.0
    ends_at: float = 0.0


@dataclass
class StreamFaults:
    """What goes wrong now between the log and the clients."""

    losing: bool = False
    drop_share: float = 0.0
    repeat_share: float = 0.0
    reorder_share: float = 0.0
    unnamed_share: float = 0.0
    refusing: SourceError | None = None
    unavailable: SourceError | None = None
    live_delay_s: float = 0.0
    never_live: bool = False
    hole_s: float = 0.0

    def calm_down(self) -> None:
        """Lose no more polls."""
        self.losing = False


class Server:
    """One poller over one table.

    Args:
        table: The table.
        random: The run's random numbers.
        loop: The run's loop.
    """

    hears_before_live = True

    def __init__(self, table: Table, random: Random, loop: asyncio.AbstractEventLoop) -> None:
        self.table = table
        self.faults = StreamFaults()
        self.subscriptions: list[Subscription] = []
        # What clients hold open and believe to be live, whatever the server thinks.
        self.connections: list[Subscription] = []
        self.joined_with: list[str] = []
        self.down = False
        self.pushed_with: list[str] = []
        self._random = random
        self._loop = loop
        self._place = 0
        self._poll_due = False

    def committed(self) -> None:
        """Poll soon: at once after work, up to half a second later when it was quiet."""
        if not self._poll_due:
            self._poll_due = True
            self._loop.call_later(self._random.uniform(0.02, 0.5), self._poll)

    def subscribe(self, subscription: Subscription) -> None:
        """Announce what is polled from now on; on a cold server only what is committed after a while."""
        subscription.from_place, subscription.made_at = self._place, self._loop.time()
        self.subscriptions.append(subscription)
        if self.faults.hole_s:
            subscription.dead = True
            self._loop.call_later(self.faults.hole_s, self._revive, subscription)

    def unsubscribe(self, subscription: Subscription) -> None:
        """Forget a subscription."""
        for known in (self.subscriptions, self.connections):
            if subscription in known:
                known.remove(subscription)

    def close_all(self, error: SourceError) -> None:
        """Close every connection."""
        for subscription in self.subscriptions:
            self._send(subscription, error)
        self.subscriptions.clear()

    def go_silent(self, heartbeat_s: float) -> None:
        """Cut every connection without telling; clients notice when heartbeats stay unanswered."""
        for subscription in self.subscriptions:
            subscription.frames = asyncio.Queue()
            lost = ConnectionLostError("A heartbeat was not answered.")
            subscription.frames.put_nowait((self._loop.time() + heartbeat_s, lost))
        self.subscriptions.clear()

    def forget_all(self) -> None:
        """Lose every subscription that there is, for ever, while connections and heartbeats go on (L6)."""
        for subscription in self.subscriptions:
            subscription.dead = True

    def restart_poller(self) -> None:
        """Go on from the end of the log: what was not polled yet is lost (L4, L5)."""
        self._place = len(self.table.log)

    def _revive(self, subscription: Subscription) -> None:
        subscription.dead = False

    def _poll(self) -> None:
        self._poll_due = False
        batch = self.table.log[self._place :]
        began, self._place = self._place, len(self.table.log)
        if self.faults.losing:
            return
        for place, change in enumerate(batch, began):
            for subscription in tuple(self.subscriptions):
                if place >= subscription.from_place and not subscription.dead:
                    self._announce(subscription, change)

    def _announce(self, subscription: Subscription, change: Change) -> None:
        faults, random = self.faults, self._random
        # Policies are asked about the row as it stands now; nobody is asked about deleted ones.
        hidden = not self.table.visible(change.key, subscription.identity)
        if change.kind != "delete" and hidden:
            return
        if random.random() < faults.drop_share:
            return
        keys: tuple[Key, ...] = tuple(dict.fromkeys((change.key, change.old_key)))
        notification = Notification(keys, committed_at=change.at)
        if random.random() < faults.unnamed_share:
            notification = Notification(everything=True)
        for _ in range(1 + (random.random() < faults.repeat_share)):
            self._send(subscription, notification)

    def _send(self, subscription: Subscription, event: Event | SourceError) -> None:
        arrives_at = self._loop.time() + self._random.uniform(0.005, 0.2)
        held_back = self._random.random() < self.faults.reorder_share
        if held_back and isinstance(event, Notification):
            self._loop.call_later(1.0, subscription.frames.put_nowait, (0.0, event))
            return
        subscription.last_at = max(subscription.last_at, arrives_at)
        subscription.frames.put_nowait((subscription.last_at, event))
