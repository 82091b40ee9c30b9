"""The keys of a table as the index of `t.df` holds them, and back. Any thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rtwidget.replica.keys import Key
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.dataframes.index_values import in_level, index_value, key_part
from rtwidget.store.dataframes.pandas_cells import NumericAs
from rtwidget.view.grid_rows import GridRows


class IndexKeys:
    """Keys of one table.

    Args:
        table: The table.
        numeric: What numbers with a fraction become in the index.
    """

    def __init__(self, table: GridRows, numeric: NumericAs) -> None:
        self._table = table
        self._numeric = numeric

    def value(self, key: Key) -> Any:  # noqa: ANN401  (whatever the key column holds)
        """Return a key as it stands in the index: a tuple where several columns are the key."""
        parts = zip(key, self._kinds(len(key)), strict=True)
        if len(key) == 1:
            return index_value(key[0], self._kinds(1)[0], self._numeric)
        return tuple(
            [in_level(index_value(part, kind, self._numeric), kind) for part, kind in parts]
        )

    def key(self, value: Any) -> Key:  # noqa: ANN401
        """Return the key that stands in the index as this value: a tuple where several columns are the key."""
        values = value if isinstance(value, tuple) else (value,)
        pairs = zip(values, self._kinds(len(values)), strict=True)
        return tuple([key_part(one, kind) for one, kind in pairs])

    def _kinds(self, count: int) -> Sequence[Kind]:
        rows = self._table.rows_now()
        # Before columns are known, and after the key has changed, a key is taken as it came.
        if len(rows.schema.columns) == 0 or len(rows.schema.key) != count:
            return [Kind.TEXT] * count
        return [rows.kinds[position] for position in rows.schema.key_positions]
