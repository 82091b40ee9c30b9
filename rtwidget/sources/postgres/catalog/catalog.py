"""A table as the system catalog describes it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import msgspec

from rtwidget.errors import SourceError
from rtwidget.sources.postgres.listen.channel import function_of
from rtwidget.sources.postgres.read.comparison import Comparison
from rtwidget.sources.postgres.triggers.trigger_function import mark_of

KINDS: Mapping[str, str] = {
    "r": "table",
    "p": "partitioned table",
    "v": "view",
    "m": "materialized view",
    "f": "foreign table",
}
ANNOUNCING_KINDS = frozenset("rp")
"""Which may have triggers that see all rows of a statement."""


class TableColumn(msgspec.Struct, frozen=True):
    """A column.

    Args:
        name: Its name.
        type: The internal name of its type; of what a domain stands on.
        schema: The type's schema.
        comparison: How its values are compared and ordered; None for a type without an order.
        is_domain: Whether its own type is a domain over that.
        selectable: Whether the role that asked may read it.
        patterns: Whether the type has an operator of its own for `like`.
        shown_by_cast: Whether JSON shows its values by a cast, so that the type does not read what is shown.
        parts: The internal names of all types that it is made of, itself among them.
    """

    name: str
    type: str
    schema: str
    comparison: Comparison | None = None
    is_domain: bool = False
    selectable: bool = True
    patterns: bool = False
    shown_by_cast: bool = False
    parts: tuple[str, ...] = ()


class Function(msgspec.Struct, frozen=True):
    """A function that a table's triggers call.

    Args:
        source: Its body.
        settings: Its settings, as `name=value`.
        plain: Whether it is PL/pgSQL, runs as whoever writes, and may notify.
    """

    source: str
    settings: tuple[str, ...] = ()
    plain: bool = True


Place = tuple[str, str]
"""Schema and name."""


class Announced(msgspec.Struct, frozen=True):
    """What of a table is announced, as far as its triggers show it.

    Args:
        events: Which events of the table itself.
        functions: The functions that announce it.
        below: The first few of its partitions and of the tables that inherit from it, at any depth.
        silent: Those of them that lack a trigger.
        foreign: Those of them whose rows are elsewhere.
        beneath: The first few tables whose rows it shows, if it is a view, at any depth.
        subscribed: Whether a subscription of logical replication writes any of them.
        stamp: Another one whenever columns, triggers, functions, or what is below changed.
    """

    events: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    below: tuple[Place, ...] = ()
    silent: tuple[Place, ...] = ()
    foreign: tuple[Place, ...] = ()
    beneath: tuple[Place, ...] = ()
    subscribed: bool = False
    stamp: str | None = None


class Table(msgspec.Struct, frozen=True, dict=True):
    """A table, or what is read like one.

    Args:
        oid: Another one under the same name has another number.
        kind: A letter of `KINDS`.
        role: As whom the catalog was asked.
        owner: Who may put triggers on it.
        columns: Its columns in their order.
        keys: The columns of each full unique index, the primary key first, else the shortest.
        announced: What announces its changes.
    """

    oid: int
    kind: str
    role: str
    owner: str
    columns: tuple[TableColumn, ...]
    keys: tuple[tuple[str, ...], ...]
    announced: Announced = Announced()

    @cached_property
    def named(self) -> Mapping[str, TableColumn]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def shape(self) -> tuple[object, ...]:
        """What statements and notifications rely on."""
        return self.oid, self.columns, self.keys


def names_of(schema: str, table: str) -> tuple[str, str, str, str]:
    """Return the values of `CATALOG` for a table (any thread)."""
    return schema, table, function_of(schema, table), mark_of(schema, table)


def read_table(answer: bytes | None) -> Table | None:
    """Return what `CATALOG` answered, or None when there is no such table (any thread).

    Raises:
        SourceError: When it is no answer of a PostgreSQL server.
    """
    if answer is None:
        return None
    try:
        return msgspec.json.decode(answer, type=Table)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise SourceError(
            "The server's catalog is not PostgreSQL's.", "Check the address in `source=`."
        ) from None
