"""The cells of one column on their way to pandas, looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from rtwidget.replica.keys import Cell
from rtwidget.store.arrow.dtype_warnings import Tell, warn
from rtwidget.store.cells.kinds import Kind

NumericAs = Literal["float", "decimal"]
# From 3 on, text has a dtype of its own and frames are copied when they are written to.
PANDAS_3: Final = int(pd.__version__.split(".")[0]) >= 3  # noqa: PLR2004
TEXT_DTYPE: Final = "str" if PANDAS_3 else "object"
DECIMALS: Final = "objects of type Decimal"
OBJECTS: Final = "dtype object"
KEPT_AS_TEXT: Final = "dtype object and such values stay text"


@dataclass(frozen=True, slots=True)
class ColumnOptions:
    """What is wanted of every column.

    Args:
        numeric: Whether numbers with a fraction become float64 or exact Decimals.
        nullable: Whether pandas' own nullable types are wanted.
        tell: Told when a column holds what the dtype of its kind cannot.
    """

    numeric: NumericAs = "float"
    nullable: bool = False
    tell: Tell = warn


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The cells of a column.

    Args:
        name: The column's name.
        kind: Its kind.
        declared: Its SQL type, or None when that is only inferred.
        cells: Its cells, in order.
        how: What is wanted.
    """

    name: str
    kind: Kind
    declared: str | None
    cells: Sequence[Cell]
    how: ColumnOptions

    def series(self, values: Any, dtype: str) -> pd.Series[Any]:  # noqa: ANN401  (whatever pandas takes)
        """Return values as a Series of their column, with a fresh range index."""
        return pd.Series(values, name=self.name, dtype=dtype)

    def say(self, said: str) -> None:
        """Tell something of the column."""
        self.how.tell(self.name, said)


def float_series(name: str, values: Any, nulls: Any, *, nullable: bool) -> pd.Series[Any]:  # noqa: ANN401
    """Return floats as a Series; in a nullable one NaN is a value, and null is none.

    Args:
        name: The column's name.
        values: The numbers, NaN for null.
        nulls: Which are null.
        nullable: Whether pandas' own nullable type is wanted.
    """
    if not nullable:
        return pd.Series(values, name=name, dtype="float64", copy=False)
    return pd.Series(pd.arrays.FloatingArray(values, np.asarray(nulls, np.bool_)), name=name)
