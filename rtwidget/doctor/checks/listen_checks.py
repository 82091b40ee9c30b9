"""What keeps a PostgreSQL table from being announced: its triggers, and what is between. Pure."""

from __future__ import annotations

from rtwidget.doctor.finding import Finding, ok, problem, refused, skipped, warning
from rtwidget.doctor.postgres.catalog_facts import Facts
from rtwidget.doctor.stream_examination import StreamTrial
from rtwidget.sources.postgres.connect.address import Address
from rtwidget.sources.postgres.triggers.trigger_check import Announcing


def check_connection(facts: Facts, address: Address) -> Finding:
    """Return how the connection itself stands (any thread).

    Args:
        facts: What the catalog says.
        address: Where the server is, and whether it has to prove that.
    """
    if address.is_local:
        how = (
            ", over TLS."
            if facts.tls
            else "; it is this machine, so nothing travels over a network."
        )
        return ok("address", f"{address.host} answers{how}")
    mend = "Leave out `insecure=True`; `sslrootcert=` in `source=` names the authority that signed its certificate."
    # The connection string may ask for TLS, and the server decides; so what is told is what came about.
    if not facts.tls and not address.is_proven:
        return warning("address", f"{address.host} answers, but rows travel in the clear.", mend)
    if not address.is_proven:
        said = f"{address.host} answers over TLS, but nobody checks whose certificate it shows."
        return warning("address", said, mend)
    return ok("address", f"{address.host} answers, over TLS, and has proved who it is.")


def check_role(facts: Facts) -> Finding:
    """Return as whom the table is read (any thread)."""
    role = facts.role
    if role is None:
        return skipped("credentials", "The server did not say as whom.")
    who = f"It is read as the role {role.name}"
    mend = "Connect as a role of your own that may only read; others who see the notebook may see `source=` too."
    # Told first, since it implies the other.
    if role.superuser:
        return warning("credentials", f"{who}, a superuser, whom nothing binds.", mend)
    if role.bypasses:
        return warning("credentials", f"{who}, which has BYPASSRLS.", mend)
    return ok("credentials", f"{who}, which is no superuser and has no BYPASSRLS.")


def check_server(facts: Facts) -> Finding:
    """Return whether the server is one where LISTEN works (any thread)."""
    if facts.standby:
        return problem(
            "server",
            "This server is a standby, where nothing can be listened to, and which is behind the primary.",
            "Give the primary in `source=`, for example with `target_session_attrs=read-write`.",
        )
    return ok("server", f"PostgreSQL {facts.version}, the primary.")


def check_triggers(found: Announcing) -> Finding:
    """Return whether the table announces its changes (any thread)."""
    if found.enabled:
        return ok("triggers", "Every change of the table is announced.")
    return problem("triggers", " ".join(found.reasons), found.mend)


def check_listening(trial: StreamTrial) -> Finding:
    """Return whether what is announced is heard (any thread)."""
    if trial.error is not None:
        return refused("listen", trial.error)
    return ok(
        "listen", "LISTEN is heard: a notification to ourselves came over another connection."
    )
