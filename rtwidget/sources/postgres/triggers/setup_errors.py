"""What the refusals of those mean who change a table to make it announce its changes."""

from __future__ import annotations

import psycopg

from rtwidget.errors import ErrorKind, PermissionDeniedError, SourceError
from rtwidget.sources.postgres.errors import shown


def setup_error(error: psycopg.Error, relation: str) -> SourceError:
    """Return the typed error of `enable`, `disable` or `status` (any thread).

    Args:
        error: What psycopg raised.
        relation: The table with its schema, for people.
    """
    code, message = error.sqlstate, shown(error.diag.message_primary or str(error))
    if code == "42501":
        return PermissionDeniedError(
            f"The role may not change {relation}: {message}.",
            "Run it as the table's owner, who needs `create` on the table's schema.",
            code=code,
        )
    if code == "55P03":
        return SourceError(
            f"{relation} is in use by a long transaction.",
            "Try again when it has ended.",
            code=code,
        )
    if code == "25006":
        return SourceError(
            f"The database is read-only now: {message}.",
            "Name the primary in `source=`, or end what made it read-only: on a managed host that is a full disk, or the setting "
            "`default_transaction_read_only`.",
            code=code,
            kind=ErrorKind.NEEDS_USER,
        )
    return SourceError(f"The database refused: {message}.", code=code, kind=ErrorKind.NEEDS_USER)
