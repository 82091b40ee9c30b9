"""Every way in which a table gives its values, as lists of values by column."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pandas as pd

from rtwidget import live_table
from rtwidget.errors import ColumnTypeWarning
from rtwidget.local import LocalBackend
from rtwidget.view.messages.cell_texts import encode
from rtwidget.widget.live_table import LiveTable

Columns = Mapping[str, list[Any]]


@dataclass(frozen=True)
class Given:
    """What one export gave.

    Args:
        export: Its name.
        columns: The values of each column.
        types: The type of each, as the library names it.
        remarks: The warnings.
    """

    export: str
    columns: Columns
    types: Mapping[str, str]
    remarks: tuple[str, ...]

    def remarks_on(self, column: str) -> int:
        return sum(f"{column!r}" in remark for remark in self.remarks)


def of_pandas(frame: pd.DataFrame) -> tuple[Columns, Mapping[str, str]]:
    frame = frame.reset_index() if frame.index.name is not None else frame
    types = {str(name): str(dtype) for name, dtype in frame.dtypes.items()}
    return {str(name): list(frame[name]) for name in frame}, types


def of_arrow(table: Any) -> tuple[Columns, Mapping[str, str]]:
    return table.to_pydict(), {field.name: str(field.type) for field in table.schema}


def of_polars(frame: Any) -> tuple[Columns, Mapping[str, str]]:
    return frame.to_dict(as_series=False), {
        name: str(dtype) for name, dtype in frame.schema.items()
    }


def of_grid(table: LiveTable) -> tuple[Columns, Mapping[str, str]]:
    rows = table._handle.rows_now()
    cells = [[encode(cell, 10**6) for cell in row] for row in rows.lazy_snapshot().rows]
    names = rows.schema.names
    columns = {name: [row[place] for row in cells] for place, name in enumerate(names)}
    return columns, dict.fromkeys(names, "grid")


EXPORTS: dict[str, Callable[[LiveTable], tuple[Columns, Mapping[str, str]]]] = {
    "df": lambda t: of_pandas(t.df),
    "numpy_nullable": lambda t: of_pandas(t.to_pandas("numpy_nullable")),
    "pyarrow": lambda t: of_pandas(t.to_pandas("pyarrow")),
    "to_arrow": lambda t: of_arrow(t.to_arrow()),
    "to_polars": lambda t: of_polars(t.to_polars()),
    "sql": lambda t: of_pandas(t.sql("select * from t")),
    "grid": of_grid,
}


def given(table: LiveTable, export: str) -> Given:
    """Return what an export gives, and what it says of it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        columns, types = EXPORTS[export](table)
    others = [one for one in caught if not issubclass(one.category, ColumnTypeWarning)]
    assert not others, others[0]
    return Given(export, columns, types, tuple(str(one.message) for one in caught))


@contextmanager
def opened(
    backend: LocalBackend, table: str, source: str, types: Mapping[str, str], **options: Any
) -> Iterator[LiveTable]:
    """Open a table as one of the sources gives it, ordered by its key."""
    if source == "dsn":
        options = {"source": backend.dsn, **options}
    else:
        options = {"url": backend.url, "key": backend.anon_key, **options}
    if source == "REST with types":
        options["types"] = types
    with live_table(table, order_by="id", **options) as opened_table:
        yield opened_table.wait_ready(60)


SOURCES = ("REST", "REST with types", "dsn")
