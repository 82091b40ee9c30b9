"""What is known about a table's columns: names, types where the source can say, and the key."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        name: Its name in the database.
        type: Its SQL type in the internal spelling (`int8`, `numeric`, `_text`), or None when unknown.
    """

    name: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a query's answer, in their order, and the key.

    Args:
        columns: The columns; empty while no row has been seen and the source cannot say.
        key: The names of the key columns, at least one.
        exact_keys: Whether keys in notifications equal keys in answers (SPEC.md, A6).
        key_advice: What to do where the key names two rows, if the source knows why it may.
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    exact_keys: bool = True
    # Not compared: other words of advice are no other columns, which would reset the table (clause 6c).
    key_advice: str = field(default="", compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def key_positions(self) -> tuple[int, ...]:
        """Where the key columns stand among the columns, in the order of the key.

        Raises:
            ValueError: When a key column is not among them.
        """
        names = self.names
        return tuple(names.index(name) for name in self.key)
