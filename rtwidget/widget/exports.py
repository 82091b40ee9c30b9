"""The rows of a live table for other libraries: Arrow, Polars, DuckDB. Any thread but the loop thread."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pandas as pd

from rtwidget.errors import ArgumentError
from rtwidget.store.arrow_table import to_arrow
from rtwidget.widget.reads import TableReads

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


class TableExports(TableReads):
    """What `LiveTable` gives beside DataFrames. Each call waits as `df` does, and raises the same."""

    def to_arrow(self) -> pa.Table:
        """Return the rows as an Arrow table, keys as columns.

        `numeric` is decimal128 where all values fit, else text; json and arrays are text. Columns that are kept in Arrow's
        types share their memory with the table.

        Raises:
            NotReadyError: When the first pass was not complete in 30 s.
            RtwidgetError: When the table failed before it had rows.
        """
        self._wait_complete()
        return to_arrow(self._handle.snapshot(), orders=self._frames.orders)

    def to_polars(self) -> pl.DataFrame:
        """Return the rows as a Polars DataFrame, keys as columns; needs Polars.

        Raises:
            ArgumentError: When Polars is not installed.
            NotReadyError: When the first pass was not complete in 30 s.
            RtwidgetError: When the table failed before it had rows.
        """
        polars = _installed("polars", "polars")
        frame: pl.DataFrame = polars.from_arrow(self.to_arrow())
        return frame

    def sql(self, query: str) -> pd.DataFrame:
        """Return the answer to an SQL query on the rows, which it calls `t`; needs DuckDB.

        Args:
            query: As in `select status, count(*) from t group by 1`.

        Raises:
            ArgumentError: When DuckDB is not installed, or refuses the query.
            NotReadyError: When the first pass was not complete in 30 s.
            RtwidgetError: When the table failed before it had rows.
        """
        duckdb = _installed("duckdb", "sql")
        rows = self.to_arrow()
        with duckdb.connect() as connection:
            connection.register("t", rows)
            try:
                answer: pd.DataFrame = connection.execute(query).df()
            except duckdb.Error as error:
                raise ArgumentError(
                    f"DuckDB refused the query: {error}",
                    "The table is called `t`; its columns are "
                    + ", ".join(f'"{name}"' for name in rows.column_names)
                    + ".",
                ) from None
        return answer

    def json(self, column: str) -> pd.Series[Any]:
        """Return a column of JSON or arrays, parsed, indexed by the key; fractions are exact Decimals.

        Args:
            column: Its name.

        Raises:
            ArgumentError: When there is no such column.
            NotReadyError: When the first pass was not complete in 30 s.
            RtwidgetError: When the table failed before it had rows.
        """
        frame = self.to_pandas()
        if column not in frame.columns:
            raise ArgumentError(
                f"The table has no column {column!r}.", f"It has {', '.join(frame.columns)}."
            )
        parsed = [
            json.loads(cell, parse_float=Decimal) if isinstance(cell, str) else cell
            for cell in frame[column].astype("object").where(frame[column].notna(), None)
        ]
        return pd.Series(parsed, index=frame.index, name=column, dtype="object")


def _installed(module: str, extra: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError:
        raise ArgumentError(
            f"This needs {module}, which is not installed.", f"`pip install 'rtwidget[{extra}]'`."
        ) from None
