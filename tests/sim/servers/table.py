"""A simulated table under row policies, its write-ahead log, and the whole history of every query's answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rtwidget.replica.keys import Cell, Key, Row

Record = Mapping[str, Cell]
USERS = ("ann", "bob")


@dataclass(frozen=True)
class Query:
    """A filter read as one identity, with or without a limit.

    Args:
        identity: Who reads.
        status: The status that the filter demands, or None for every row.
        top: How many rows a top-N query keeps.
    """

    identity: str
    status: str | None = None
    top: int | None = None


@dataclass(frozen=True)
class Change:
    """One row of the log.

    Args:
        moment: When it was committed.
        kind: insert, update, delete or truncate.
        key: The row's key; after the change, if that changed it.
        old_key: The row's key before the change.
        at: The wall clock at the commit.
    """

    moment: int
    kind: str
    key: Key
    old_key: Key
    at: float


@dataclass
class View:
    """What a query answers, now and at every moment before."""

    answer: dict[Key, Row] = field(default_factory=dict)
    history: dict[Key, list[tuple[int, Row | None]]] = field(default_factory=dict)

    def note(self, key: Key, row: Row | None, moment: int) -> None:
        """Note a key's row from this moment on."""
        if row is None:
            del self.answer[key]
        else:
            self.answer[key] = row
        self.history.setdefault(key, []).append((moment, row))

    def was_true(self, key: Key, row: Row, since: int) -> bool:
        """Return whether a row was in the answer at some moment from `since` on."""
        past = self.history.get(key, [])
        first = max(0, bisect_right(past, since, key=lambda entry: entry[0]) - 1)
        return any(known == row for _, known in past[first:])


class Table:
    """Keyed rows with an owner; every write makes a new moment and a value never seen before.

    Args:
        key_names: The key columns: one integer, or a text and an integer.
        wall: The wall clock.
    """

    def __init__(self, key_names: tuple[str, ...], wall: Callable[[], float]) -> None:
        self.key_names = key_names
        self.columns = (*key_names, "owner", "status", "shared", "score", "version")
        self.records: dict[Key, Record] = {}
        self.log: list[Change] = []
        self.moment = 0
        self.sharing = False
        self.down = False
        self.views: dict[Query, View] = {}
        self.committed: Callable[[], None] = lambda: None
        self.truncated: Callable[[], None] = lambda: None
        self.answer_changed: Callable[[Query, Key, int], None] = lambda *_: None
        self._wall = wall

    def view(self, query: Query) -> View:
        """Return what a query answers; its history begins with the first call."""
        if query not in self.views:
            self.views[query] = View()
            self._refresh(query, self.views[query])
        return self.views[query]

    def visible(self, key: Key, identity: str) -> bool:
        """Return whether the policies show a row to somebody now."""
        record = self.records.get(key)
        return record is not None and self._allowed(record, identity)

    def commit(self, changes: Mapping[Key, Record | None], moved: Mapping[Key, Key]) -> None:
        """Write rows in one transaction; None deletes. Nothing is written while the database is down.

        Args:
            changes: The rows by key.
            moved: New keys of rows whose key changed, by their old ones.
        """
        if self.down:
            return
        self.moment += 1
        old_of = {new: old for old, new in moved.items()}
        for key, record in changes.items():
            if record is None:
                if self.records.pop(key, None) is not None and key not in moved:
                    self._log("delete", key, key)
                continue
            kind = "update" if key in self.records or key in old_of else "insert"
            named = zip(self.key_names, key, strict=True)
            self.records[key] = {**record, **dict(named), "version": self.moment}
            self._log(kind, key, old_of.get(key, key))
        self._refresh_all(changes)
        self.committed()

    def truncate(self) -> None:
        """Delete every row without a word to any subscriber."""
        if self.down:
            return
        self.moment += 1
        self.records.clear()
        self._refresh_all()
        self.truncated()

    def flip_sharing(self) -> None:
        """Change the policy: shared rows become visible to everybody, or hidden again."""
        if self.down:
            return
        self.moment += 1
        self.sharing = not self.sharing
        self._refresh_all()

    def flip_column(self) -> None:
        """Add a column, or drop it again."""
        if self.down:
            return
        self.moment += 1
        base = tuple(name for name in self.columns if name != "note")
        self.columns = base if base != self.columns else (*base, "note")
        self._refresh_all()

    def rank(self, key: Key) -> tuple[object, ...]:
        """Return what rows are ordered by: a collation that is not Python's."""
        return tuple(part.swapcase() if isinstance(part, str) else part for part in key)

    def _log(self, kind: str, key: Key, old_key: Key) -> None:
        self.log.append(Change(self.moment, kind, key, old_key, self._wall()))

    def _allowed(self, record: Record, identity: str) -> bool:
        return record["owner"] == identity or (self.sharing and bool(record["shared"]))

    def _matches(self, query: Query, record: Record) -> bool:
        fits = query.status is None or record["status"] == query.status
        return fits and self._allowed(record, query.identity)

    def _row(self, record: Record) -> Row:
        return tuple(record.get(name) for name in self.columns)

    def _refresh_all(self, keys: Mapping[Key, object] | None = None) -> None:
        for query, view in self.views.items():
            self._refresh(query, view, None if query.top else keys)

    def _refresh(self, query: Query, view: View, keys: Mapping[Key, object] | None = None) -> None:
        touched = [*view.answer, *self.records] if keys is None else list(keys)
        found = {key: self.records[key] for key in touched if key in self.records}
        rows = {key: self._row(r) for key, r in found.items() if self._matches(query, r)}
        if query.top is not None:
            ordered = sorted(rows, key=lambda key: (found[key]["score"], self.rank(key)))
            rows = {key: rows[key] for key in ordered[: query.top]}
        for key in dict.fromkeys(touched):
            row = rows.get(key)
            if view.answer.get(key) != row:
                view.note(key, row, self.moment)
                self.answer_changed(query, key, self.moment)
