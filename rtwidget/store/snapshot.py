"""An immutable picture of the rows at one moment; any thread may read it."""

from __future__ import annotations

from dataclasses import dataclass, field

from rtwidget.replica.keys import Key, Row
from rtwidget.replica.schema import Schema
from rtwidget.store.kinds import Kind


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The rows of a query at one moment.

    Args:
        schema: The columns and the key.
        kinds: The kind of each column.
        keys: The key of each row, in the order of `rows`.
        rows: The rows.
        revision: A number that grows with every change.
    """

    schema: Schema
    kinds: tuple[Kind, ...] = ()
    keys: tuple[Key, ...] = ()
    rows: tuple[Row, ...] = field(default=(), repr=False)
    revision: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, position: int) -> list[object]:
        """Return the cells of one column, in the order of the rows."""
        return [row[position] for row in self.rows]

    def reordered(self, order: list[int]) -> Snapshot:
        """Return the same rows in another order.

        Args:
            order: For each new place, the place of the row now.
        """
        return Snapshot(
            self.schema,
            self.kinds,
            tuple([self.keys[place] for place in order]),
            tuple([self.rows[place] for place in order]),
            self.revision,
        )


EMPTY = Snapshot(Schema((), ("id",)))
"""What there is before anything was read."""
