"""What the first rows say: whether any is seen, whether the key is one, whether answers are cut. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rtwidget.doctor.finding import Finding, ok, problem, warning
from rtwidget.errors import (
    AuthenticationError,
    ColumnNotFoundError,
    KeyNotUniqueError,
    PermissionDeniedError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.replica.budgets import KEY_READ_ROWS, PAGE_ROWS
from rtwidget.replica.keys import Key
from rtwidget.replica.schema import Schema
from rtwidget.sources.sql_names import quoted, relation

SLOW_READ_S = 3.0
"""The statements of anonymous readers are stopped there on hosted projects."""

SAMPLE_ROWS = PAGE_ROWS + 1
"""One more than Supabase's own cap, so that it shows."""

_CHECKS: tuple[tuple[type[SourceError], str], ...] = (
    (AuthenticationError, "credentials"),
    (PermissionDeniedError, "grants"),
    (TableNotFoundError, "table"),
    (ColumnNotFoundError, "columns"),
    (KeyNotUniqueError, "key columns"),
)


@dataclass(frozen=True, slots=True)
class FirstRows:
    """What a first read of the query gave.

    Args:
        keys: The keys of its first rows.
        asked: How many were asked for.
        total: How many rows the query has; None when that is not known.
        unfiltered: How many it would have without its filter; None when that was not asked.
        took_s: How long the read took, in seconds.
    """

    keys: Sequence[Key]
    asked: int
    total: int | None
    unfiltered: int | None
    took_s: float


def check_key(schema: Schema, keys: Sequence[Key], *, guessed: bool) -> Finding:
    """Return whether the key columns identify a row, as far as the first rows show it (any thread)."""
    names = ", ".join(schema.key)
    mend = "Pass `primary_key=` with the column or columns that identify one row."
    # First, since nulls are equal to nothing and would pass as unique.
    if any(part is None for key in keys for part in key):
        return problem("key columns", f"The key ({names}) is null in some row.", mend)
    if len(set(keys)) < len(keys):
        return problem("key columns", f"The key ({names}) names more than one row.", mend)
    if schema.key_advice:
        said = f"The key ({names}) is unique in each table, but not over those that inherit."
        return warning("key columns", said, schema.key_advice)
    if not schema.exact_keys:
        said = (
            f"The key is {names}, of a type that is written in two ways: "
            "a change cannot name its row, and each costs a read of all rows."
        )
        return warning("key columns", said, "Use a key of integers, uuids or text.")
    how = ", which was guessed, as the API does not tell keys to this role" if guessed else ""
    seen = (
        f"it is unique in the first {len(keys):,} rows" if keys else "no row is seen to check it on"
    )
    return ok("key columns", f"The key is {names}{how}; {seen}.")


def check_reads(took_s: float) -> Finding:
    """Return how fast reads are (any thread)."""
    said = f"A read took {took_s * 1000:.0f} ms."
    if took_s < SLOW_READ_S:
        return ok("reads", said)
    return warning(
        "reads", said, "Ask for fewer `columns=`, or add an index for the `filter=` and the key."
    )


def check_rows(
    schema: str,
    table: str,
    rows: FirstRows,
    role: str | None,
    *,
    sees_all: bool,
    looked_up: bool,
) -> Finding:
    """Return whether any row is seen, and by what it may be hidden (any thread).

    Args:
        schema: The table's schema.
        table: The table's name.
        rows: What a first read gave.
        role: As which role it was read, when that is known.
        sees_all: Whether row-level security does not bind it.
        looked_up: Whether the catalog is asked too.
    """
    # A server may say a total and send no row, or the other way round.
    seen = max(len(rows.keys), rows.total or 0)
    if seen:
        return ok("rows", f"{seen:,} row{' is' if seen == 1 else 's are'} visible.")
    # Asked before anybody suspects a policy: a mistyped filter is the simpler reason.
    if rows.unfiltered:
        said = f"The filter matches none of the {rows.unfiltered:,} visible rows."
        return warning(
            "rows", said, "Check `filter=`: the column, the operator, and the value's spelling."
        )
    if sees_all:
        return ok("rows", f"There is no row: nothing is hidden from the role {role}.")
    who = "this reader" if role is None else f"the role {role}"
    said = f"No row is visible. Either there is none, or row-level security hides all from {who}."
    if looked_up:
        return warning("rows", said, "The line `row-level security` says which.")
    return warning(
        "rows",
        said,
        f"If there are rows, run `{reading_policy(schema, table, role)}` or a narrower one, or read as another role; "
        "`dsn=` (or `--dsn`) lets the doctor look into the catalog.",
    )


def check_cap(rows: FirstRows) -> Finding:
    """Return whether the server cuts answers (any thread)."""
    got, total = len(rows.keys), rows.total
    # Fewer rows than asked for, though there are more: somebody in between cut them off.
    if got >= rows.asked or total is None or got >= total:
        return ok("row cap", f"An answer of {got:,} row{'' if got == 1 else 's'} was not cut.")
    said = f"The server cuts answers at {got:,} rows; more are read page by page."
    if got >= KEY_READ_ROWS:
        return ok("row cap", said)
    return warning(
        "row cap",
        f"{said} So small a cap makes every repair slow.",
        "Raise `Max rows` in the project's API settings.",
    )


def reading_policy(schema: str, table: str, role: str | None) -> str:
    """Return the SQL that lets a role see every row (any thread)."""
    grantee = quoted(role or "anon")
    return (
        f'create policy "read" on {relation(schema, table)} for select to {grantee} using (true);'
    )


def check_failed_by(error: SourceError) -> str:
    """Return the check that an error of a read belongs to (any thread)."""
    return next((check for kind, check in _CHECKS if isinstance(error, kind)), "reads")
