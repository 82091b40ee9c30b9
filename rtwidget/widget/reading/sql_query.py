"""One SQL query on the rows of a table, by DuckDB. Any thread but the loop thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase, ascii_uppercase
from types import ModuleType
from typing import Final

import pandas as pd
import pyarrow as pa

from rtwidget.errors import ArgumentError
from rtwidget.store.dataframes.arrow_answer import answer_frame
from rtwidget.store.dataframes.pandas_cells import ColumnOptions

_FOLD: Final = str.maketrans(ascii_uppercase, ascii_lowercase)
"""DuckDB takes names for one, quoted or not, that differ in the case of ASCII letters alone."""
_LOST: Final = ("UHUGEINT", "BIT", "BIGNUM", "TIME WITH TIME ZONE")
"""DuckDB's types whose values come out of Arrow as others."""


def ask(duckdb: ModuleType, rows: pa.Table, query: str, how: ColumnOptions) -> pd.DataFrame:
    """Return the answer to a query on rows that it calls `t`.

    Args:
        duckdb: The module.
        rows: The rows.
        query: The query.
        how: What is wanted of the columns of the answer.

    Raises:
        ArgumentError: When DuckDB refuses the query, or when it names a column that DuckDB cannot tell from another.
    """
    names = known_as(rows.column_names)
    # A table that is not there is an error, and never a variable of ours that has its name.
    with duckdb.connect(config={"python_enable_replacements": False}) as connection:
        # Otherwise moments would be read and written in the zone of the machine.
        connection.execute("set TimeZone = 'UTC'")
        connection.register("t", rows.rename_columns(names))
        try:
            relation = connection.sql(query)
            # Such as `create table`, which has no answer.
            if relation is None:
                return pd.DataFrame()
            types = list(map(str, relation.types))
            # Before the answer is computed, which may take long.
            _demand_kept(relation.columns, types)
            answer: pa.Table = relation.to_arrow_table()
        except duckdb.Error as error:
            raise _refusal(rows.column_names, names, str(error)) from None
    own = dict(zip(names, rows.column_names, strict=True))
    answer = answer.rename_columns([own.get(name, name) for name in answer.column_names])
    return answer_frame(answer, [one == "HUGEINT" for one in types], how)


def known_as(names: Sequence[str]) -> list[str]:
    """Return by which names DuckDB may know columns: those that it would take for one get others, so that no query reaches the wrong one."""
    folded = [name.translate(_FOLD) for name in names]
    taken = set(folded)
    found = []
    for name, fold in zip(names, folded, strict=True):
        number, other = 0, name
        while folded.count(fold) > 1 and (number == 0 or other.translate(_FOLD) in taken):
            number += 1
            other = f"{name} #{number}"
        taken.add(other.translate(_FOLD))
        found.append(other)
    return found


def _refusal(names: Sequence[str], known: Sequence[str], said: str) -> ArgumentError:
    pairs = [(name, other) for name, other in zip(names, known, strict=True) if name != other]
    hint = f"The table is called `t`; its columns are {_listed(known)}."
    if pairs:
        hint = (
            f"{_listed(name for name, _ in pairs)} differ in case alone, and DuckDB takes such names for one. "
            "Open the table with `columns=` and only one of them, or call them "
            f"{_listed(other for _, other in pairs)} in the query. {hint}"
        )
    return ArgumentError(f"DuckDB refused the query: {said}", hint)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _demand_kept(names: Sequence[str], types: Sequence[str]) -> None:
    for name, type_name in zip(names, types, strict=True):
        if any(one in type_name for one in _LOST):
            raise ArgumentError(
                f"The column {name!r} of the answer is of DuckDB's type {type_name}, which pandas cannot hold.",
                "Cast it to text, as in `x::varchar`.",
            )
