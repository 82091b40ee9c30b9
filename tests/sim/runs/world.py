"""Everything that takes part in one run, and what must hold in it at every moment."""

from __future__ import annotations

import asyncio
from functools import partial
from random import Random
from typing import Any

from rtwidget.abc import ResolvedSource
from rtwidget.errors import SourceError
from rtwidget.feed.feed import Feed
from tests.sim.checks.budget import BudgetMeter
from tests.sim.checks.claims import demand_no_false_life, demand_subscribed
from tests.sim.checks.oracle import ObservedReplica, Oracle, ViolationError
from tests.sim.clients.registry import ObservedRegistry
from tests.sim.clients.source import SimSource
from tests.sim.clients.users import User
from tests.sim.clients.writer import Writer
from tests.sim.runs.clock import VirtualLoop
from tests.sim.runs.plan import Plan
from tests.sim.servers.backend import Backend
from tests.sim.servers.network import Network
from tests.sim.servers.outage import Outage
from tests.sim.servers.postgres_server import server_of
from tests.sim.servers.table import USERS, Query, Table
from tests.sim.servers.tokens import Session, TokenChecks

_LOOK_EVERY_S = 2.0


class World:
    """The backend, the users and the oracle.

    Args:
        plan: What the seed means.
        random: The run's random numbers.
        loop: The run's loop.
        trace: Where to tell what happens.
        replica: The rule, or a mutant of it.
    """

    def __init__(
        self,
        plan: Plan,
        random: Random,
        loop: VirtualLoop,
        trace: list[tuple[Any, ...]],
        replica: type[ObservedReplica],
    ) -> None:
        self.plan = plan
        self.random = random
        self.loop = loop
        self.oracles: list[Oracle] = []
        self._trace = trace
        self._replica = replica
        keys = ("part", "id") if plan.composite else ("id",)
        self.table = Table(keys, loop.wall)
        self.server = server_of(plan, self.table, random, loop)
        self.meter = BudgetMeter(loop, self.say, self.blame, plan.key_gap_s)
        network = Network(random, plan.latency_s)
        self.backend = Backend(
            self.table,
            self.server,
            network,
            self.meter,
            TokenChecks(loop.wall),
            versions=plan.versions,
            row_bytes=plan.row_bytes,
            page_rows=plan.page_rows,
        )
        self.outage = Outage(self.backend, loop, exact=plan.postgres)
        self.writer = Writer(self.table, plan, random, self.say)
        self.table.committed = self.server.committed
        self.table.answer_changed = self._answer_changed
        self.fault: BaseException | None = None

    def say(self, *what: object) -> None:
        """Add to the trace."""
        self._trace.append((round(self.loop.time(), 3), *what))

    def blame(self, message: str) -> None:
        """Remember what is wrong: an exception might be caught by what is under test."""
        if self.fault is None:
            self.fault = ViolationError(message)
            self.say("VIOLATION", message)

    def enter(self) -> None:
        """Fill the table, and open every table that somebody wants."""
        self.loop.set_exception_handler(self._unheard)
        self.writer.fill()
        registry = ObservedRegistry(
            self.loop.wall, self.random.random, self._observe, self.plan.chains_from_rows
        )
        sessions = {user: Session(user) for user in USERS}
        self.users = [
            User(
                str(place),
                want,
                session=sessions[want.user],
                backend=self.backend,
                registry=registry,
                said=self.say,
                blame=self.blame,
            )
            for place, want in enumerate(self.plan.wants)
        ]
        for user in self.users:
            user.open()

    async def pass_time(self, length_s: float) -> None:
        """Let time pass, looking all the while."""
        until = self.loop.time() + length_s
        while self.loop.time() < until:
            await asyncio.sleep(min(_LOOK_EVERY_S, until - self.loop.time()))
            self.look()

    def look(self) -> None:
        """Demand everything that must hold at every moment.

        Raises:
            ViolationError: When something is wrong.
        """
        if self.fault is not None:
            raise self.fault
        self.oracles = [oracle for oracle in self.oracles if not oracle.source.closed]
        for oracle in self.oracles:
            oracle.look()
            if not self.meter.busy[oracle.source]:
                read_at = self.meter.read_at.get(oracle.source, 0.0)
                oracle.demand_attention(self.loop.time(), read_at)
            failure = oracle.feed.state.failure
            if failure is not None and not isinstance(failure, SourceError):
                raise ViolationError(f"{oracle.name}: {failure}")
        for user in self.users:
            user.demand_no_fault()
            if not user.closed:
                feed = self.oracle_of(user)
                demand_subscribed(user, feed, self.server, self.loop.time())
                demand_no_false_life(user, feed, self.server, self.outage)

    def oracle_of(self, user: User) -> Oracle | None:
        """Return what knows the feed of a user, or None when there is no feed.

        Raises:
            ViolationError: When the feed reads from a source that was given back.
        """
        lease = user.attachment._lease
        if lease is None:
            return None
        for oracle in self.oracles:
            if oracle.feed is lease.feed:
                return oracle
        raise ViolationError(f"{user.name} holds a feed whose source was closed")

    def _observe(self, feed: Feed, resolved: ResolvedSource) -> None:
        source = resolved.source
        assert isinstance(source, SimSource)
        oracle = Oracle(feed, source, self.table, self._replica, self.blame)
        oracle.replica.passed = partial(self.meter.completed, source)
        self.oracles.append(oracle)

    def demand_equal(self) -> None:
        """Demand that every open table shows what its query answers now.

        Raises:
            ViolationError: When one does not.
        """
        for user in self.users:
            oracle = self.oracle_of(user)
            if oracle is None:
                raise ViolationError(f"{user.name} has no feed")
            if oracle.source.query.identity != user.session.identity:
                raise ViolationError(f"{user.name} is shown the rows of somebody else")
            if not oracle.equal:
                raise ViolationError(f"{oracle.name} is not what the query answers")

    def _answer_changed(self, query: Query, key: Any, moment: int) -> None:
        for oracle in self.oracles:
            if oracle.source.query == query:
                oracle.unannounced[key] = moment

    def _unheard(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self.say("unheard", context["message"], repr(error))
        if self.fault is None:
            self.fault = error or ViolationError(context["message"])
