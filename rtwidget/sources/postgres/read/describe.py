"""Whether a request fits the table as the catalog describes it, and the schema that follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rtwidget.abc import Condition, TableQuery
from rtwidget.errors import ColumnNotFoundError, ErrorKind, KeyNotUniqueError, SourceError
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.postgres.catalog.catalog import ANNOUNCING_KINDS, KINDS, Table, TableColumn
from rtwidget.sources.postgres.catalog.column_grants import demand_granted
from rtwidget.sources.postgres.catalog.nearest_names import nearest
from rtwidget.sources.postgres.read.text_settings import is_exact
from rtwidget.sources.postgres.triggers.trigger_check import key_advice

_MOST_NAMED = 40


def find_schema(wanted: TableQuery, table: Table) -> Schema:
    """Return the schema of a request's answers (any thread).

    Args:
        wanted: The request.
        table: What the catalog says.

    Raises:
        KeyNotUniqueError: When no key was given and the table has none, or rows cannot be paged by it.
        ColumnNotFoundError: When a column that was named is not there.
        PermissionDeniedError: When the role may not read all columns that are needed.
        SourceError: When rows are to be ordered by a type that has no order.
    """
    key = wanted.key or _own_key(wanted, table)
    # The key first, without which nothing else can be read.
    for argument, names in _named(wanted, key):
        for name in names:
            if name not in table.named:
                raise ColumnNotFoundError(
                    f"{argument}= names {name!r}, which is no column of {wanted.table}.",
                    _meant(name, [one.name for one in table.columns if one.selectable]),
                )
    # After the names, since a column that is not there is not granted either.
    demand_granted(wanted, table, _named(wanted, key))
    _demand_key([table.named[name] for name in key])
    _demand_order(wanted, table)
    selected = tuple(table.named)
    if wanted.columns is not None:
        # Rows are told apart by their key, so it is read whether or not it is asked for.
        selected = (*(name for name in key if name not in wanted.columns), *wanted.columns)
    _demand_selected(wanted, selected)
    given = dict(wanted.types)
    return Schema(
        tuple(Column(name, given.get(name, table.named[name].type)) for name in selected),
        key,
        exact_keys=all(is_exact(table.named[name].parts) for name in key),
        key_advice=key_advice(wanted.table, table),
    )


def _meant(name: str, columns: Sequence[str]) -> str:
    close = nearest(name, columns)
    perhaps = f"Perhaps you meant {' or '.join(map(repr, close))}. " if close else ""
    more = f", and {len(columns) - _MOST_NAMED} more" if len(columns) > _MOST_NAMED else ""
    return f"{perhaps}Its columns are {', '.join(columns[:_MOST_NAMED])}{more}."


def _own_key(wanted: TableQuery, table: Table) -> tuple[str, ...]:
    if table.keys:
        return table.keys[0]
    without = (
        "has no primary key" if table.kind in ANNOUNCING_KINDS else f"is a {KINDS[table.kind]}"
    )
    raise KeyNotUniqueError(
        f"{wanted.table} {without}, so nothing says which columns identify a row.",
        "Pass `primary_key=` with columns that are unique and not null.",
    )


def _named(wanted: TableQuery, key: Iterable[str]) -> Iterable[tuple[str, Iterable[str]]]:
    filtered = [one.column for one in wanted.filters if isinstance(one, Condition)]
    yield "primary_key", key
    yield "columns", wanted.columns or ()
    yield "filter", filtered
    yield "order_by", [term.column for term in wanted.order]
    yield "types", [name for name, _ in wanted.types]
    yield "version", [wanted.version] if wanted.version else ()


def _demand_key(columns: Iterable[TableColumn]) -> None:
    """Refuse a key whose values cannot be put in order, or not be given back as they were shown."""
    for one in columns:
        if one.comparison is None:
            reason = "has no order (no default btree operator class)"
        elif one.comparison.of_rows or one.shown_by_cast:
            reason = "is shown as JSON that it cannot read"
        else:
            continue
        raise KeyNotUniqueError(
            f"Rows cannot be paged by {one.name!r}: its type {one.schema}.{one.type} {reason}.",
            "Pass `primary_key=` with columns of other types that are unique and not null.",
        )


def _demand_order(wanted: TableQuery, table: Table) -> None:
    """Refuse an order by a type that has none."""
    needed = {"version": [wanted.version] if wanted.version else []}
    if wanted.limit is not None:
        needed["order_by"] = [term.column for term in wanted.order]
    for argument, names in needed.items():
        for one in map(table.named.__getitem__, names):
            if one.comparison is None:
                raise SourceError(
                    f"Rows cannot be ordered by {one.name!r}: its type {one.schema}.{one.type} has no order "
                    "(no default btree operator class).",
                    f"Name a column of another type in `{argument}=`.",
                    kind=ErrorKind.NEEDS_USER,
                )


def _demand_selected(wanted: TableQuery, selected: tuple[str, ...]) -> None:
    """Refuse what a view or a pass needs of a column that `columns=` leaves out."""
    needed = {"types": [name for name, _ in wanted.types]}
    if wanted.limit is None:
        needed["order_by"] = [term.column for term in wanted.order]
    for argument, names in needed.items():
        absent = [name for name in names if name not in selected]
        if absent:
            raise ColumnNotFoundError(
                f"{argument}= names {absent[0]!r}, which is no column of the answer.",
                "Check the name, or add it to `columns=`.",
            )
