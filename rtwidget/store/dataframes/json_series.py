"""A column of JSON or arrays, parsed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from rtwidget.errors import ArgumentError
from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.store.arrow import dtype_warnings
from rtwidget.store.arrow.dtype_warnings import Tell
from rtwidget.store.cells.json_text import array_of, parsed
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.dataframes.pandas_cells import KEPT_AS_TEXT
from rtwidget.store.order.ordering import Order, sorted_slots
from rtwidget.store.snapshot import Snapshot


def json_series(
    snapshot: Snapshot, position: int, orders: Sequence[Order], tell: Tell
) -> pd.Series[Any]:
    """Return a column's values as Python objects with a fresh range index, every digit kept.

    Args:
        snapshot: The rows.
        position: The column.
        orders: The columns to sort by; none for the snapshot's own order.
        tell: Told when a value stays text.

    Raises:
        ArgumentError: When the column holds text that is no JSON, or of which nobody can say whether it is.
    """
    column, kind = snapshot.schema.columns[position], snapshot.kinds[position]
    order = sorted_slots(snapshot, orders) if orders else None
    values: list[Any] = []
    for cell in snapshot.column(position, order):
        try:
            values.append(_value(cell, kind, column.type))
        except ValueError:
            # The database says that the others are JSON, so only Python lacks an object for them.
            if not isinstance(cell, JsonText):
                raise _no_json(column.name, cell) from None
            tell(
                column.name,
                dtype_warnings.unfit(column.name, cell, "a Python object", KEPT_AS_TEXT),
            )
            values.append(str(cell))
    return pd.Series(values, name=column.name, dtype="object")


def _value(cell: Cell, kind: Kind, declared: str | None) -> Any:  # noqa: ANN401
    if isinstance(cell, JsonText):
        return array_of(cell, declared or "")
    if isinstance(cell, NumberText):
        return Decimal(cell)
    if not isinstance(cell, str) or kind is Kind.JSON:
        return cell
    # A string of unknown type is a string of JSON, or a text that may hold JSON; what begins like this is hardly the former.
    if declared is None and cell[:1] not in ("{", "["):
        raise ValueError("it may be either")
    return parsed(cell)


def _no_json(column: str, cell: Cell) -> ArgumentError:
    return ArgumentError(
        f"Column {column!r} holds {cell!r:.60}, a text that is no JSON, or of which nobody can say whether it is.",
        f'Name the type, as in `types={{"{column}": "jsonb"}}`.',
    )
