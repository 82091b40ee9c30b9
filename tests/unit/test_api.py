"""The public call at its door: what is refused, what no traceback shows, and what is free again after the end."""

from __future__ import annotations

import asyncio
import gc
import math
import weakref
from types import TracebackType
from typing import Any

import numpy as np
import pytest

from rtwidget import live_table
from rtwidget.errors import ArgumentError, CredentialsError
from rtwidget.replica.keys import JsonText, NumberText
from rtwidget.sources.query.checked_query import checked_query
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.dataframes.pandas_cells import ColumnCells, ColumnOptions
from rtwidget.store.dataframes.pandas_columns import series

URL = "https://ref.supabase.co"
CLOSED_PORT = "http://127.0.0.1:9"


def shown(trace: TracebackType | None) -> str:
    """Return what a traceback that shows variables would show of them."""
    texts = []
    while trace is not None:
        if trace.tb_frame.f_code.co_filename != __file__:
            texts += [repr(value) for value in trace.tb_frame.f_locals.values()]
        trace = trace.tb_next
    return "\n".join(texts)


@pytest.mark.parametrize(
    "options",
    [
        {"url": URL, "key": "sb_secret_x y"},
        {"url": URL, "key": "sb_secret_ü"},
        {"url": URL, "key": "k", "access_token": "sb_secret_x y"},
        {"url": URL, "key": "k", "realtime_url": "http://h/?apikey=sb_secret_x"},
        {"url": "sb_secret_x", "key": URL},
        {"url": "postgresql://me:sb_secret_x@h/db", "key": "k"},
        {"url": "https://me:sb_secret_x@h", "key": "k"},
        {"url": "https://h/?apikey=sb_secret_x", "key": "k"},
        {"url": URL, "key": "k", "realtime_url": "ws://far.away/?apikey=sb_secret_x"},
    ],
)
def test_a_refused_key_stands_in_no_variable_of_a_traceback(options: dict[str, Any]) -> None:
    with pytest.raises(CredentialsError) as caught:
        live_table("t", **options)
    assert "sb_secret" not in shown(caught.value.__traceback__)
    assert "sb_secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("verify_every", ["x", 0, True, math.nan, math.inf]),
        ("height", ["x", 0, True, math.nan, math.inf, None]),
        ("saved_rows", ["x", -1, 501, 1.5, True, None]),
        ("formats", [3, "x", ["amount"], {"amount": 3}, {"amount": "zzz"}]),
        # A text would be taken for yes, and then keys travel in the clear.
        ("insecure", ["no", "False", 0, None]),
        ("follow", ["no", 1, None]),
        ("numeric", ["int", None, float, []]),
    ],
)
def test_an_option_that_cannot_work_is_refused_in_a_sentence(name: str, values: list[Any]) -> None:
    for value in values:
        with pytest.raises(ArgumentError, match=name.rstrip("s")) as caught:
            live_table("t", url=URL, key="k", **{name: value})
        assert caught.value.hint


@pytest.mark.parametrize("limit", [0, -1, 10_001, True, 2.5, "5"])
def test_a_limit_that_cannot_work_is_refused_before_anything_is_asked(limit: Any) -> None:
    with pytest.raises(ArgumentError, match="limit is") as caught:
        live_table("t", url=CLOSED_PORT, key="k", limit=limit)
    assert "1 to 10,000" in caught.value.hint


def test_a_limit_of_numpy_is_a_number() -> None:
    given: Any = np.int64(5)
    wanted = checked_query("t", limit=given)
    assert type(wanted.limit) is int


def test_an_order_in_the_way_of_sql_is_told_the_right_one() -> None:
    with pytest.raises(ArgumentError, match=r'Pass "created_at\.desc"'):
        live_table("t", url=URL, key="k", order_by="created_at DESC")


def test_a_closed_table_that_nobody_saw_is_free_again() -> None:
    references = []
    for _ in range(3):
        table = live_table("t", url=CLOSED_PORT, key="k")
        references.append(weakref.ref(table))
        table.close()
        del table
    gc.collect()
    assert [reference() for reference in references] == [None, None, None]


def test_values_that_do_not_fit_a_named_type_are_told_and_keep_their_sort() -> None:
    told: list[str] = []
    how = ColumnOptions(tell=lambda column, _said: told.append(column))
    found = series(ColumnCells("n", Kind.INT, "int8", [NumberText("1.5"), 2, None], how))
    assert list(found) == [1.5, 2, None]
    broken = series(ColumnCells("tags", Kind.ARRAY, "_text", ["no json"], how))
    assert list(broken) == ["no json"]
    assert told == ["n", "tags"]


def test_a_json_string_keeps_its_quotes_beside_other_json() -> None:
    cells = [JsonText("{}"), "{}", "3.50", NumberText("3.50")]
    found = series(ColumnCells("c", Kind.JSON, "jsonb", cells, ColumnOptions()))
    assert list(found) == ["{}", '"{}"', '"3.50"', "3.50"]


@pytest.mark.parametrize("timeout", ["30", None, math.nan, math.inf])
def test_a_wait_that_is_no_number_is_refused_in_a_sentence(timeout: Any) -> None:
    table = live_table("t", url=CLOSED_PORT, key="k")
    try:
        for wait in (table.wait_ready, lambda seconds: table.wait_for(len, seconds)):
            with pytest.raises(ArgumentError, match="timeout is"):
                wait(timeout)
        for waiting in (table.ready(timeout), table.until(len, timeout)):
            with pytest.raises(ArgumentError, match="timeout is"):
                asyncio.run(waiting)
        with pytest.raises(ArgumentError, match="column is"):
            table.style(3, "bar")  # type: ignore[arg-type]
    finally:
        table.close()
