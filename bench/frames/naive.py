"""A DataFrame that is read after every batch of 100 changes, against what people write by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import pandas as pd

from bench.cases import Result
from bench.measure import medians
from bench.subjects.our_view import OurTable
from bench.subjects.sample import arrow_table, json_row, row
from bench.subjects.writer import BATCH_ROWS, Writer
from rtwidget.replica.keys import Row
from rtwidget.store.dataframes.pandas_frame import to_frame

_ROWS = 100_000
_BATCHES = 5
_EVENTS = 5
_MOMENTS = ("created_at", "updated_at")
Take = Callable[[Sequence[Row]], None]


def run() -> list[Result]:
    """Return the changes a second that each takes in."""
    first = [row(key) for key in range(_ROWS)]
    writer = Writer(_ROWS)

    def rate(take: Take, batches: int, rows: int) -> Callable[[], float]:
        def measure() -> float:
            # Before the clock starts, because making the rows is not what is compared.
            prepared = writer.batches(batches, rows)
            began = perf_counter()
            for batch in prepared:
                take(batch)
            return batches * rows / (perf_counter() - began)

        return measure

    rates = medians(
        {
            "ours": rate(_ours(first), _BATCHES, BATCH_ROWS),
            # Both work row by row, so a few rows are enough to know them.
            "supabase-py callback rebuilding a DataFrame": rate(_callback(first), _EVENTS, 1),
            "pandas df.loc": rate(_loc(first), _EVENTS, 1),
            "pandas concat + drop_duplicates": rate(_concat(first), _BATCHES, BATCH_ROWS),
        }
    )
    ours = rates.pop("ours")
    case = f"changes in a DataFrame of {_ROWS:,} rows"
    return [
        Result(case, ours, other, "changes/s", 1, name, "ratio") for name, other in rates.items()
    ]


def _ours(first: Sequence[Row]) -> Take:
    table = OurTable(first)

    def take(batch: Sequence[Row]) -> None:
        table.take(batch)
        to_frame(table.snapshot())

    return take


def _callback(first: Sequence[Row]) -> Take:
    """Keep a list of dicts, and build the DataFrame anew in every callback."""
    rows = [json_row(cells) for cells in first]
    places = {one["id"]: place for place, one in enumerate(rows)}

    def take(batch: Sequence[Row]) -> None:
        for cells in batch:
            record = json_row(cells)
            rows[places[record["id"]]] = record
            pd.DataFrame(rows)

    return take


def _typed(records: list[dict[str, Any]]) -> pd.DataFrame:
    # With the types of the loaded frame, or pandas would turn whole columns into objects to hold both.
    frame = pd.DataFrame(records)
    for name in _MOMENTS:
        moments = pd.to_datetime(frame[name], format="ISO8601").dt.tz_localize(None)
        frame[name] = moments.astype("datetime64[ms]")
    frame["day"] = pd.to_datetime(frame["day"])
    return frame.set_index("id", drop=False)


def _loaded(first: Sequence[Row]) -> pd.DataFrame:
    frame: pd.DataFrame = arrow_table(first).to_pandas()
    frame["day"] = pd.to_datetime(frame["day"])
    return frame.set_index("id", drop=False)


def _loc(first: Sequence[Row]) -> Take:
    frame = _loaded(first)

    def take(batch: Sequence[Row]) -> None:
        for one in _typed([json_row(cells) for cells in batch]).to_dict("records"):
            frame.loc[one["id"]] = one

    return take


def _concat(first: Sequence[Row]) -> Take:
    kept = [_loaded(first)]

    def take(batch: Sequence[Row]) -> None:
        both = pd.concat([kept[0], _typed([json_row(cells) for cells in batch])])
        kept[0] = both.drop_duplicates("id", keep="last")

    return take
