"""What goes wrong: each fault of the server, the network and the machine, for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

from rtwidget.errors import ConnectionLostError, NotificationsUnavailableError, SourceError
from tests.sim.clients.users import User
from tests.sim.clients.writer import Writer
from tests.sim.runs.clock import VirtualLoop
from tests.sim.servers.backend import Backend
from tests.sim.servers.network import NetworkFaults
from tests.sim.servers.outage import Outage
from tests.sim.servers.realtime_server import StreamFaults

_CLOSES = ("1000", "1001", "1006", "1009", "1011", "1012", None)
_LASTS_S = (0.5, 40.0)
_OUTAGE_S = (0.5, 90.0)
_HOLE_S = (0.0, 16.0)
# What can happen with PostgreSQL itself: connections end, fall silent or are refused, and reads fail, stall or are slow.
_POSTGRES = frozenset(
    {
        "refusing",
        "unavailable",
        "live_delay_s",
        "never_live",
        "fail_share",
        "stalled",
        "slow_s",
        "table_missing",
        "close",
        "silence",
        "sleep",
        "leave",
        "outage",
    }
)


class Chaos:
    """Applies faults at random.

    Args:
        backend: What fails.
        outage: Stops the database.
        users: Whose tokens change.
        writer: Who writes while the machine sleeps.
        random: The run's random numbers.
        loop: The run's loop.
        said: Told each fault, for the trace.
        exact: Whether the source is PostgreSQL itself.
    """

    def __init__(
        self,
        backend: Backend,
        *,
        outage: Outage,
        users: list[User],
        writer: Writer,
        random: Random,
        loop: VirtualLoop,
        said: Callable[..., None],
        exact: bool,
    ) -> None:
        self._backend = backend
        self._outage = outage
        self._users = users
        self._writer = writer
        self._random = random
        self._loop = loop
        self._said = said
        self._exact = exact

    async def run(self, per_s: float) -> None:
        """Let something go wrong now and then, until cancelled."""
        kinds = (self._weather, self._weather, self._trouble, self._trouble, self._blow)
        while per_s:
            await asyncio.sleep(self._random.expovariate(per_s))
            self._random.choice(kinds)()

    def clear(self) -> None:
        """End every fault; what the server has forgotten stays forgotten."""
        self._said("calm")
        self._outage.end()
        self._backend.server.faults = StreamFaults()
        self._backend.network.faults = NetworkFaults()

    def _weather(self) -> None:
        random, faults = self._random, self._backend.server.faults
        lost = ConnectionLostError("The join was refused.")
        unavailable = NotificationsUnavailableError("The table is not published.")
        options: dict[str, object] = {
            "losing": True,
            "drop_share": 0.5,
            "repeat_share": 0.5,
            "reorder_share": 0.3,
            "unnamed_share": 0.3,
            "refusing": lost,
            "unavailable": unavailable,
            "live_delay_s": random.uniform(0.0, 20.0),
            "never_live": True,
            "hole_s": random.uniform(0.0, 15.0),
        }
        names = [name for name in options if not self._exact or name in _POSTGRES]
        self._set(faults, StreamFaults(), random.choice(names), options)

    def _trouble(self) -> None:
        random, network = self._random, self._backend.network
        options: dict[str, object] = {
            "fail_share": random.choice([0.1, 0.5, 1.0]),
            "stalled": True,
            "renew_share": 0.5,
            "page_cap": random.choice([1, 2, 5]),
            "key_cap": random.choice([1, 2]),
            "counting": False,
            "slow_s": random.choice([0.1, 2.0]),
            "catalog": self._backend.table.columns,
            "table_missing": True,
        }
        names = [name for name in options if not self._exact or name in _POSTGRES]
        name = random.choice(names)
        if name == "catalog":
            self._backend.table.flip_column()
        if name == "table_missing" and random.random() < 0.8:
            return
        self._set(network.faults, NetworkFaults(), name, options)

    def _set(self, target: object, calm: object, name: str, options: dict[str, object]) -> None:
        lasts_s = self._random.uniform(*_LASTS_S)
        self._said("fault", name, options[name], lasts_s)
        setattr(target, name, options[name])
        # A fault that begins again while it lasts ends with the first of its ends, which does no harm.
        self._loop.call_later(lasts_s, setattr, target, name, getattr(calm, name))

    def _blow(self) -> None:
        server, random = self._backend.server, self._random
        kinds = ["close", "silence", "forget", "poller", "token", "sleep", "leave", "outage"]
        kind = random.choice([one for one in kinds if not self._exact or one in _POSTGRES])
        self._said("fault", kind)
        if kind == "close":
            code = random.choice(_CLOSES)
            error: SourceError = ConnectionLostError("The connection was closed.", code=code)
            server.close_all(error)
        elif kind == "silence":
            server.go_silent(random.uniform(5.0, 35.0))
        elif kind == "forget":
            server.forget_all()
        elif kind == "poller":
            server.restart_poller()
        elif kind == "token":
            user = random.choice(self._users)
            user.session.identity = "bob" if user.session.identity == "ann" else "ann"
        elif kind == "sleep":
            self._sleep()
        elif kind == "outage":
            self._outage.begin()
            lasts_s, hole_s = random.uniform(*_OUTAGE_S), random.uniform(*_HOLE_S)
            self._loop.call_later(lasts_s, self._outage.end, hole_s)
        else:
            self._backend.leave_s = random.choice([0.0, 0.05, 2.0])

    def _sleep(self) -> None:
        """Let the machine sleep: its monotonic clock stands still, connections die, and others write."""
        self._loop.slept_s += self._random.uniform(60.0, 30_000.0)
        for _ in range(5):
            self._writer.write()
        self._backend.server.go_silent(self._random.uniform(5.0, 35.0))
