"""Whether a role may read what is asked for, column by column, and what to do where it may not. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import sql

from rtwidget.abc import TableQuery
from rtwidget.errors import PermissionDeniedError
from rtwidget.sources.postgres.catalog.catalog import Table

_MOST_NAMED = 40


def demand_granted(
    wanted: TableQuery, table: Table, asked: Iterable[tuple[str, Iterable[str]]]
) -> None:
    """Refuse columns that the role may not read, where it may read others (any thread).

    Args:
        wanted: The request.
        table: What the catalog says.
        asked: The names that each argument gives, the key's first.

    Raises:
        PermissionDeniedError: When one of them, or of all columns, is not granted.
    """
    hidden = [one.name for one in table.columns if not one.selectable]
    granted = [one.name for one in table.columns if one.selectable]
    if not hidden or not granted:
        return
    for argument, names in asked:
        lost = [name for name in names if name in hidden]
        if lost:
            other = "name other columns" if argument in wanted.given else "name a key"
            raise _refused(wanted, table, lost, f"{other} by `{argument}=`")
    if wanted.columns is None:
        raise _refused(wanted, table, hidden, f"pass `columns={_listed(granted)}`")


def _refused(
    wanted: TableQuery, table: Table, columns: list[str], instead: str
) -> PermissionDeniedError:
    relation = sql.Identifier(wanted.schema, wanted.table).as_string()
    role = sql.Identifier(table.role).as_string()
    named = ", ".join(sql.Identifier(name).as_string() for name in columns)
    return PermissionDeniedError(
        f"The role {table.role} may not read {', '.join(columns)} of {relation}.",
        f"{instead[0].upper()}{instead[1:]}, or run `grant select ({named}) on {relation} to {role};`.",
        code="42501",
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:_MOST_NAMED])
    return f"[{shown}{', ...' if len(names) > _MOST_NAMED else ''}]"
