"""Sorting rows by columns as a person expects: numbers by value, nulls apart, ties as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from rtwidget.replica.keys import Cell
from rtwidget.store.kinds import NOT_NUMBERS, Kind
from rtwidget.store.snapshot import Snapshot

_NUMBER_KINDS = frozenset({Kind.INT, Kind.FLOAT, Kind.NUMERIC})


@dataclass(frozen=True, slots=True)
class Order:
    """One column to sort by.

    Args:
        column: Its name.
        descending: Whether the greatest value comes first.
        nulls_first: Whether nulls come before values.
    """

    column: str
    descending: bool = False
    nulls_first: bool = False


def sorted_places(snapshot: Snapshot, orders: Sequence[Order]) -> list[int]:
    """Return the places of a snapshot's rows in sorted order; names that it does not have are passed over."""
    places = list(range(len(snapshot)))
    names = snapshot.schema.names
    # A stable sort by the last column first gives the order by all of them.
    for order in reversed(orders):
        if order.column not in names:
            continue
        position = names.index(order.column)
        kind, rows = snapshot.kinds[position], snapshot.rows
        present = [place for place in places if rows[place][position] is not None]
        absent = [place for place in places if rows[place][position] is None]
        values = {place: _comparable(rows[place][position], kind) for place in present}
        present.sort(key=values.__getitem__, reverse=order.descending)
        places = absent + present if order.nulls_first else present + absent
    return places


def in_order(snapshot: Snapshot, orders: Sequence[Order]) -> Snapshot:
    """Return a snapshot with its rows sorted."""
    return snapshot.reordered(sorted_places(snapshot, orders)) if orders else snapshot


def _comparable(cell: Cell, kind: Kind) -> Any:  # noqa: ANN401  (whatever sorts within this kind)
    if kind in _NUMBER_KINDS:
        return _number(cell)
    if kind is Kind.BOOL:
        return bool(cell)
    return str(cell)


def _number(cell: Cell) -> tuple[int, int | Decimal | str]:
    """Return a sort key: minus infinity, numbers, infinity, NaN, as PostgreSQL orders them; then what is no number."""
    if isinstance(cell, int):
        return 0, cell
    text = str(cell)
    if text in NOT_NUMBERS:
        return {"-Infinity": -1, "Infinity": 1, "NaN": 2}[text], 0
    try:
        return 0, Decimal(text)
    except InvalidOperation:
        return 3, text
