"""How full the server's queue of notifications is, and which session it waits for. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rtwidget.doctor.finding import Finding, ok, problem, warning

MUCH = 0.1
"""Listeners that keep up leave it next to empty."""
FULL = 0.99
"""The last page is never used."""
_WHAT_FOLLOWS = "Once it is full, every write to an announced table fails."
_LOOK = (
    "Run `select pid, usename, application_name, xact_start from pg_stat_activity "
    "where backend_type = 'client backend' and xact_start is not null order by xact_start;` as a superuser or a member of "
    "pg_monitor, and end the session that listens by `select pg_terminate_backend(pid);`."
)


class Session(msgspec.Struct, frozen=True):
    """A session of the server.

    Args:
        pid: Its number.
        role: Whose it is; None when that is not told.
        application: What it calls itself; None when that is not told to this role.
        open_s: For how many seconds its transaction has been open; None when that is not told to this role.
    """

    pid: int
    role: str | None = None
    application: str | None = None
    open_s: float | None = None


class Queue(msgspec.Struct, frozen=True):
    """The server's queue of notifications, which all databases share.

    Args:
        usage: How full it is, from 0 to 1.
        idle: The sessions that are idle in a transaction, the longest first, as far as this role may see them.
        oldest: The session that it waits for, where the server told.
    """

    usage: float
    idle: tuple[Session, ...] = ()
    oldest: Session | None = None


def check_queue(queue: Queue) -> Finding:
    """Return whether writes of announced tables can fail soon (any thread)."""
    said = f"The server's NOTIFY queue is {queue.usage:.0%} full."
    if queue.usage < MUCH:
        return ok("queue", said)
    full = queue.usage >= FULL
    verdict = problem if full else warning
    follows = "Every write to an announced table fails now." if full else _WHAT_FOLLOWS
    # The server itself named it, so it is the one; the others are only suspected.
    if queue.oldest is not None:
        who = (
            f"It waits for {_named(queue.oldest)}, which listens and does not end its transaction."
        )
        return verdict("queue", f"{said} {follows} {who}", _ending([queue.oldest]))
    if queue.idle:
        who = f"It waits for a session that listens and does not end its transaction; idle in one: {', '.join(map(_named, queue.idle))}."
        return verdict("queue", f"{said} {follows} {who}", _ending(queue.idle))
    who = "It waits for a session that listens and does not end its transaction."
    return verdict("queue", f"{said} {follows} {who}", _LOOK)


def _named(session: Session) -> str:
    told = [f"of the role {session.role}"] if session.role else []
    told += [f"application {session.application}"] if session.application else []
    if session.open_s is not None:
        told.append(f"in its transaction for {session.open_s:,.0f} s")
    return f"the session {session.pid}" + (f" ({', '.join(told)})" if told else "")


def _ending(sessions: Sequence[Session]) -> str:
    # Only the longest one: to end more sessions than needed is nobody's wish.
    sql = " ".join(f"select pg_terminate_backend({one.pid});" for one in sessions[:1])
    return (
        f"Let it commit, or run `{sql}` as the same role, a superuser or a member of pg_signal_backend; "
        "`idle_in_transaction_session_timeout` ends such sessions by itself."
    )
