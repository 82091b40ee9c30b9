"""A DataFrame of 1,000,000 rows after 1 % of them changed, with types and without, against what DuckDB and Perspective give."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter

import duckdb
import pandas as pd

from bench.cases import Result
from bench.measure import medians
from bench.subjects.our_view import OurTable
from bench.subjects.perspective_view import loaded
from bench.subjects.sample import SCHEMA, arrow_table, ipc, row, spread
from rtwidget.replica.keys import Row
from rtwidget.replica.schema import Column, Schema
from rtwidget.store.dataframes.pandas_cells import PANDAS_3
from rtwidget.store.dataframes.pandas_frame import to_frame

_ROWS = 1_000_000
_CHANGED = _ROWS // 100
SCHEMAS = {
    "ours": SCHEMA,
    "ours, no types known": Schema(tuple(map(Column, SCHEMA.names)), SCHEMA.key),
}
"""An anon key is told no types, so a table is one of the latter until `types=` names them."""
_PRICE = SCHEMA.names.index("price")


def run() -> list[Result]:
    """Return the seconds of one DataFrame, the changes already stored."""
    first = [row(key) for key in range(_ROWS)]
    data = arrow_table(first)
    tables = {name: OurTable(first, schema) for name, schema in SCHEMAS.items()}
    theirs = loaded(ipc(data))
    # The garbage collector would walk through a million tuples while others are timed.
    del first
    database = duckdb.connect()
    database.register("first_rows", data)
    database.execute("create table kept as select * from first_rows")
    # DuckDB needs it for `insert or replace`.
    database.execute("create unique index kept_id on kept (id)")
    view = theirs.view()
    revisions = dict.fromkeys((*tables, "DuckDB to pandas", "Perspective to_arrow"), 0)
    frames: dict[str, pd.DataFrame] = {}

    def changes(name: str) -> list[Row]:
        revisions[name] += 1
        # Moved on by each revision, so that other rows change each time.
        keys = spread(_CHANGED, _ROWS, offset=revisions[name])
        return [row(key, revisions[name]) for key in keys]

    def change_ours(name: str) -> None:
        # The frame of the time before ends here, or its end would be timed with the next one.
        frames.pop(name, None)
        tables[name].take(changes(name))

    def frame_ours(name: str) -> None:
        frames[name] = _our_frame(tables[name])

    def change_duckdb() -> None:
        database.register("changes", arrow_table(changes("DuckDB to pandas")))
        database.execute("insert or replace into kept select * from changes")

    times_s = medians(
        {
            **{
                name: _timed(partial(change_ours, name), partial(frame_ours, name))
                for name in tables
            },
            "DuckDB to pandas": _timed(
                change_duckdb, lambda: database.execute("select * from kept").df()
            ),
            "Perspective to_arrow": _timed(
                lambda: theirs.update(ipc(arrow_table(changes("Perspective to_arrow")))),
                view.to_arrow,
            ),
        }
    )
    right = {name: _is_right(frames[name], revisions[name]) for name in tables}
    return [
        Result(
            f"`t.df` of 1,000,000 rows, 1 % changed{name.removeprefix('ours')}",
            times_s[name] * 1000,
            times_s[other] * 1000,
            "ms",
            250,
            other,
            "ours",
            f"pandas {pd.__version__}; our values {'right' if right[name] else 'WRONG'}",
            sound=right[name],
        )
        for name in tables
        for other in ("DuckDB to pandas", "Perspective to_arrow")
    ]


def _our_frame(ours: OurTable) -> pd.DataFrame:
    # Before pandas 3 texts would become a Python object each, unless Arrow keeps them.
    return to_frame(ours.snapshot(), dtype_backend=None if PANDAS_3 else "pyarrow")


def _timed(prepare: Callable[[], object], work: Callable[[], object]) -> Callable[[], float]:
    def measure() -> float:
        prepare()
        began = perf_counter()
        work()
        return perf_counter() - began

    return measure


def _is_right(frame: pd.DataFrame, revision: int) -> bool:
    """Return whether rows of the last change and of the load stand in the frame as they must."""
    changed = spread(_CHANGED, _ROWS, offset=revision)
    expected = {key: float(str(row(key, revision)[_PRICE])) for key in changed}
    # Rows were only moved on by revisions, of which there are fewer than 20, so this one never changed.
    untouched = next(key for key in range(_ROWS - 1, 0, -1) if key % (_ROWS // _CHANGED) > 20)
    expected[untouched] = float(str(row(untouched)[_PRICE]))
    found = frame["price"].loc[list(expected)]
    return len(frame) == _ROWS and found.to_dict() == expected
