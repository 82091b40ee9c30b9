"""What the catalog says of what Realtime reads: the publication, the replica identity, the log. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.doctor.finding import Finding, ok, problem, skipped, warning
from rtwidget.doctor.postgres.catalog_facts import Facts
from rtwidget.sources.postgres.listen.channel import full_name
from rtwidget.sources.sql_names import relation

PUBLICATION = "supabase_realtime"
"""The one that Supabase's Realtime reads."""
_POLLED = "It is polled; `verify_every=` sets how often."
_KINDS = {"v": "view", "m": "materialized view", "f": "foreign table"}


def check_publication(facts: Facts, schema: str, table: str) -> Finding:
    """Return whether every kind of change is published (any thread)."""
    check = "publication"
    name = relation(schema, table)
    if facts.kind in _KINDS:
        said = f"{table} is a {_KINDS[facts.kind]}, which can be in no publication and is never announced."
        tables = ", ".join(full_name(*place) for place in facts.beneath)
        instead = f" Publish and watch the tables below it, each by its own name: {tables}."
        return problem(
            check,
            said,
            f"A {_KINDS[facts.kind]} is polled; `verify_every=` sets how often."
            + (instead if tables else ""),
        )
    # Realtime's own publication has no `publish_via_partition_root`.
    if facts.kind == "p":
        said = f"{table} is partitioned: Realtime announces each partition by its own name, and never the whole."
        return problem(check, said, f"Show a partition as a table of its own. {_POLLED}")
    found = next((one for one in facts.publications if one.name == PUBLICATION), None)
    if found is None:
        said = f"{table} is not in the publication {PUBLICATION}."
        return problem(check, said, f"Run `alter publication {PUBLICATION} add table {name};`.")
    told = {"insert": found.insert, "update": found.update, "delete": found.delete}
    # Truncates are not asked about: Realtime tells them to nobody.
    silent = [event for event, is_told in told.items() if not is_told]
    if silent:
        said = f"The publication {PUBLICATION} does not tell: {', '.join(silent)}."
        sql = f"alter publication {PUBLICATION} set (publish = 'insert, update, delete, truncate');"
        return problem(check, said, f"Run `{sql}`.")
    return ok(check, f"{table} is in the publication {PUBLICATION}, with every kind of change.")


def check_identity(facts: Facts, schema: str, table: str, key: Sequence[str]) -> Finding:
    """Return whether updates and deletes name their row (any thread).

    Args:
        facts: What the catalog says.
        schema: The table's schema.
        table: The table's name.
        key: The columns by which rows are told apart here.
    """
    check = "replica identity"
    if facts.kind != "r":
        return skipped(check, "Only tables have one.")
    wrong = _wrong_identity(check, facts, relation(schema, table))
    if wrong is not None:
        return wrong
    # With row-level security Realtime sends only the primary key of a deleted row, whatever is logged.
    whole = facts.identity == "f" and not facts.row_security
    if not whole and not set(key) <= set(facts.key):
        said = f"Deletes name the primary key ({', '.join(facts.key)}), and the key here is {', '.join(key)}: each costs a read of all rows."
        return warning(check, said, "Leave `primary_key=` out, or name the primary key.")
    if facts.identity == "f":
        return ok(check, "It is the whole row; the primary key would do, at less cost.")
    return ok(check, "It holds the primary key.")


def _wrong_identity(check: str, facts: Facts, name: str) -> Finding | None:
    mend = f"Run `alter table {name} replica identity default;`."
    # The server refuses such writes outright, so this is worse than silence.
    if facts.identity == "n":
        said = "It is `nothing`: updates and deletes of a published table are refused."
        return problem(check, said, mend)
    if facts.identity == "i" and not set(facts.key) <= set(facts.identity_columns):
        said = f"It is an index without the key ({', '.join(facts.key)}), so deletes do not name their row."
        return problem(check, said, mend)
    if not facts.key:
        sql = f"alter table {name} add primary key (...);"
        return problem(
            check, "There is no primary key, so changes do not name their row.", f"Run `{sql}`."
        )
    return None


def check_log(facts: Facts) -> Finding:
    """Return whether the server logs and is where changes are (any thread)."""
    check = "server"
    if facts.standby:
        said = "This server is a standby, which is behind the primary."
        return warning(check, said, "Give the primary's address.")
    if facts.wal_level != "logical":
        said = f"The server has wal_level={facts.wal_level}, from which Realtime can read nothing."
        return problem(check, said, "Run `alter system set wal_level = 'logical';` and restart it.")
    return ok(check, f"PostgreSQL {facts.version}, the primary, with wal_level=logical.")
