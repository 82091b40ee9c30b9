"""The rows of a live table for other libraries: Arrow, Polars, DuckDB. Any thread but the loop thread."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from rtwidget.errors import ArgumentError
from rtwidget.store.arrow.arrow_table import to_arrow
from rtwidget.store.dataframes.json_series import json_series
from rtwidget.store.dataframes.pandas_cells import ColumnOptions
from rtwidget.widget.reading.sql_query import ask
from rtwidget.widget.reading.table_reads import TableReads

if TYPE_CHECKING:
    import polars as pl


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
        return self._arrow("to_arrow")

    def to_polars(self) -> pl.DataFrame:
        """Return the rows as a Polars DataFrame, keys as columns; needs Polars.

        Raises:
            ArgumentError: When Polars is not installed.
            NotReadyError: When the first pass was not complete in 30 s.
            RtwidgetError: When the table failed before it had rows.
        """
        polars = _installed("polars", "polars")
        frame: pl.DataFrame = polars.from_arrow(self._arrow("to_polars"))
        return frame

    def sql(self, query: str) -> pd.DataFrame:
        """Return the answer to an SQL query on the rows, which it calls `t`; needs DuckDB.

        DuckDB takes names that differ in case alone for one. Columns with such names come with `select *`, and a query that names one
        of them is refused.

        Args:
            query: As in `select status, count(*) from t group by 1`.

        Raises:
            ArgumentError: When DuckDB is not installed, or refuses the query.
            NotReadyError: When the first pass was not complete in 30 s.
            RtwidgetError: When the table failed before it had rows.
        """
        duckdb = _installed("duckdb", "sql")
        rows = self._arrow("sql")
        if not rows.num_columns:
            # Before the first row of an empty table only its key may be known, and DuckDB has no table without a column.
            rows = pa.table({name: pa.nulls(0) for name in self._handle.snapshot().schema.key})
        warnings: dict[str, str] = {}
        answer = ask(
            duckdb, rows, query, ColumnOptions(self._frames.numeric, tell=warnings.__setitem__)
        )
        self._frames.tell("sql", warnings)
        return answer

    def json(self, column: str) -> pd.Series[Any]:
        """Return a column of JSON or arrays, parsed, indexed by the key; fractions are exact Decimals.

        What no Python object can be, such as an object with one name twice, stays text, with a warning.

        Args:
            column: Its name.

        Raises:
            ArgumentError: When there is no such column, or it holds other text than JSON.
            NotReadyError: When the first pass was not complete in 30 s.
            RtwidgetError: When the table failed before it had rows.
        """
        snapshot = self._wait_whole().snapshot
        names = snapshot.schema.names
        if column not in names:
            raise ArgumentError(
                f"The table has no column {column!r}.", f"It has {', '.join(names)}."
            )
        warnings: dict[str, str] = {}
        found = json_series(
            snapshot, names.index(column), self._frames.orders, warnings.__setitem__
        )
        self._frames.tell("json", warnings)
        return found.set_axis(self._frames.of(snapshot)[0].index)

    def _arrow(self, reader: str) -> pa.Table:
        snapshot = self._wait_whole().snapshot
        warnings: dict[str, str] = {}
        rows = to_arrow(snapshot, orders=self._frames.orders, tell=warnings.__setitem__)
        self._frames.tell(reader, warnings)
        return rows


def _installed(module: str, extra: str) -> ModuleType:
    # At its first use: both are extras, and slow to import.
    try:
        return import_module(module)
    except ImportError:
        raise ArgumentError(
            f"This needs {module}, which is not installed.", f"`pip install 'rtwidget[{extra}]'`."
        ) from None
