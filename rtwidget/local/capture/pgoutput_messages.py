"""What Postgres' `pgoutput` plug-in says: the messages as data.

https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final, Literal


class Unchanged(Enum):
    """A large value that the update did not touch, and that is therefore not in the log."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED
Cell = str | None | Literal[Unchanged.UNCHANGED]
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a relation as the log knows it; `is_identity` where it is part of the replica identity."""

    name: str
    type_oid: int
    is_identity: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A table as the log knows it at this point."""

    oid: int
    schema: str
    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Begin:
    """The start of a transaction. `xid` has 32 bits; `committed_at` is the commit's time."""

    xid: int
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One row inserted, updated or deleted.

    `old` is None when the log has no old row; with `old_is_key` only identity columns of it count.
    """

    kind: Literal["INSERT", "UPDATE", "DELETE"]
    relation_oid: int
    new: Row | None
    old: Row | None
    old_is_key: bool


@dataclass(frozen=True, slots=True)
class Ignored:
    """A message that matters to nobody here: commit, truncate, origin, type, user message."""

    tag: str


Message = Begin | Relation | Change | Ignored
