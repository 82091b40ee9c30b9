"""What must be true of a table that says it is live."""

from __future__ import annotations

from rtwidget.replica.states.table_state import State
from tests.sim.checks.oracle import Oracle, ViolationError
from tests.sim.clients.users import User
from tests.sim.servers.outage import NOTICED_S, Outage
from tests.sim.servers.realtime_server import Server

# A connection that is left takes its time.
_LEAVING_S = 4.0


def demand_subscribed(user: User, oracle: Oracle | None, server: Server, now: float) -> None:
    """Demand that a table which says live holds a connection.

    Raises:
        ViolationError: When it does not.
    """
    heard = {connection.identity for connection in server.connections}
    live = user.attachment.status.state is State.LIVE
    if not live or oracle is None or oracle.source.query.identity in heard:
        user.unheard_since = None
    elif user.unheard_since is None:
        user.unheard_since = now
    elif now - user.unheard_since > _LEAVING_S:
        raise ViolationError(f"{user.name} says live without a connection")


def demand_no_false_life(user: User, oracle: Oracle | None, server: Server, outage: Outage) -> None:
    """Demand that no table is called well while the database is down, or live on a stream that an outage killed.

    Raises:
        ViolationError: When one is.
    """
    state = user.attachment.status.state
    if outage.lasts_s() > NOTICED_S and state in {State.LIVE, State.POLLING}:
        raise ViolationError(f"{user.name} says {state} while the database is down")
    if state is not State.LIVE or not outage.noticed or oracle is None:
        return
    who, ended_at = oracle.source.query.identity, outage.ended_at or 0.0
    mine = [one for one in server.connections if one.identity == who]
    if mine and all(one.dead and one.made_at < ended_at for one in mine):
        raise ViolationError(f"{user.name} says live on a stream that an outage killed")
