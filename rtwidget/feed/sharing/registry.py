"""Feeds shared by everything in the process that asks for the same rows as the same identity (design section 8)."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from rtwidget.abc import Identity, ResolvedSource, SourceRequest
from rtwidget.errors import AuthenticationError
from rtwidget.feed.feed import Feed
from rtwidget.feed.feed_listener import FeedListener
from rtwidget.feed.sharing.identity_watch import watch_identity
from rtwidget.feed.sharing.project_state import Project
from rtwidget.feed.stream.shared_stream import SharedStream
from rtwidget.replica.budgets import CHAINS_FROM_ROWS


@dataclass(frozen=True, slots=True, eq=False)
class Lease:
    """A listener's hold on a feed.

    Args:
        key: Under which key the feed is shared.
        feed: The feed.
        listener: Who holds it.
        identity: The listener's own token, lent to the feed; None when it can neither change nor end.
        watch: Looks after that token.
    """

    key: Hashable
    feed: Feed
    listener: FeedListener
    identity: Identity | None = None
    watch: asyncio.Task[None] | None = None


class Registry:
    """The feeds of the process, counted by their listeners; loop thread only.

    Args:
        wall: The wall clock, in Unix seconds.
        chance: Uniform random numbers in [0, 1), for jitter.
        chains_from_rows: From how many rows on a pass runs in several chains.
    """

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
        chains_from_rows: int = CHAINS_FROM_ROWS,
    ) -> None:
        self.wall = wall
        self.chance = chance
        self._chains_from_rows = chains_from_rows
        self._loop: asyncio.AbstractEventLoop | None = None
        self._feeds: dict[Hashable, Feed] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        # Weak: streams and projects last as long as some feed uses them.
        self._streams: WeakValueDictionary[Hashable, SharedStream] = WeakValueDictionary()
        self._projects: WeakValueDictionary[Hashable, Project] = WeakValueDictionary()

    async def attach(
        self, request: SourceRequest, listener: FeedListener, verify_every_s: float | None
    ) -> Lease:
        """Find or start the feed that a request names, and tell its news to a listener.

        Args:
            request: What to read, as whom.
            listener: Who is told, on the loop thread.
            verify_every_s: The user's interval between passes, or None for the budgeted one.

        Raises:
            SourceError: When it cannot be known as whom to read, or when the token is no good.
        """
        resolved = await request.resolve()
        identity = resolved.identity
        if identity is not None:
            # Asks for the token first: one that is no good must not join those of others.
            await identity.lend()
        self._renew(asyncio.get_running_loop())
        key = (resolved.feed_key, verify_every_s)
        feed = self._find_feed(key)
        if feed is None:
            feed = self._feeds[key] = self._make_feed(resolved, verify_every_s)
        # Held before anything is awaited, so that it cannot be closed under the newcomer.
        feed.add(listener)
        lease = Lease(key, feed, listener, identity)
        if not feed.reads(resolved.source):
            try:
                await resolved.source.aclose()
            except BaseException:
                await self.detach(lease)
                raise
        return lease if identity is None else replace(lease, watch=_watch(identity, feed, listener))

    def _find_feed(self, key: Hashable) -> Feed | None:
        """Return the feed that a newcomer shares; whoever failed of a token stays failed, alone."""
        feed = self._feeds.get(key)
        if feed is None or feed.ended:
            return None
        failure = feed.state.failure
        if not isinstance(failure, AuthenticationError):
            return feed
        for listener in tuple(feed.state.listeners):
            listener.token_refused(failure)
        return None

    def _make_feed(self, resolved: ResolvedSource, verify_every_s: float | None) -> Feed:
        project = self._project(resolved.project)
        return Feed(
            resolved.source,
            project,
            self._stream(resolved, project),
            verify_every_s=verify_every_s,
            wall=self.wall,
            chance=self.chance,
            chains_from_rows=self._chains_from_rows,
        )

    def _renew(self, loop: asyncio.AbstractEventLoop) -> None:
        """Forget what belongs to a loop that has ended: its locks and tasks would be of no use to another."""
        if loop is not self._loop:
            self._loop = loop
            self._feeds.clear()
            self._projects.clear()
            self._streams.clear()

    def detach(self, lease: Lease) -> asyncio.Future[None]:
        """Give a lease back: from now on its listener is told nothing; the last one's feed closes, awaited or not."""
        feed = lease.feed
        if lease.watch is not None:
            lease.watch.cancel()
        if lease.identity is not None:
            lease.identity.withdraw()
        feed.remove(lease.listener)
        last = not feed.state.listeners
        if last and self._feeds.get(lease.key) is feed:
            del self._feeds[lease.key]
        leaving = asyncio.get_running_loop().create_task(_leave(feed, last=last))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        # Whoever awaits it may be cancelled; the goodbye goes on.
        return asyncio.shield(leaving)

    def _project(self, key: Hashable) -> Project:
        project = self._projects.get(key)
        if project is None:
            project = self._projects[key] = Project()
        return project

    def _stream(self, resolved: ResolvedSource, project: Project) -> SharedStream:
        key = resolved.stream_key
        stream = None if key is None else self._streams.get(key)
        if stream is None:
            stream = SharedStream(self.wall, self.chance, project)
            if key is not None:
                self._streams[key] = stream
        return stream


async def _leave(feed: Feed, *, last: bool) -> None:
    if last:
        await feed.aclose()


def _watch(identity: Identity, feed: Feed, listener: FeedListener) -> asyncio.Task[None]:
    watching = watch_identity(identity, listener, feed.state)
    return asyncio.get_running_loop().create_task(watching, name="rtwidget identity")


REGISTRY = Registry()
"""The process's feeds."""
