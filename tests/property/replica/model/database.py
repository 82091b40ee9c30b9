"""A simulated table under a filter and a row policy, with its whole history, so that a test can ask what was true when."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.replica.keys import Key, Row

Answer = dict[Key, Row]

KEYS: Sequence[Key] = [(number,) for number in range(6)]
USERS = ("ann", "bob")
OPEN, SHUT = "open", "shut"

OWNER, STATUS = 1, 2
# The database's collation is not Python's, so that sorting keys in Python would go wrong.
_ORDER = {key: place for place, key in enumerate([KEYS[3], KEYS[0], KEYS[5], *KEYS[1:3], KEYS[4]])}


class Database:
    """Keyed rows `(id, owner, status, value)`; every write makes a new moment and a value never seen before."""

    def __init__(self) -> None:
        self._moments: list[Answer] = [{}]

    @property
    def moment(self) -> int:
        """The present moment."""
        return len(self._moments) - 1

    def write(self, key: Key, owner: str = USERS[0], status: str = OPEN) -> None:
        """Insert or update a row; another owner or status lets it leave an answer without a delete."""
        row = (*key, owner, status, self.moment + 1)
        self._moments.append({**self._moments[-1], key: row})

    def delete(self, key: Key) -> None:
        """Delete a row."""
        self._moments.append({k: row for k, row in self._moments[-1].items() if k != key})

    def truncate(self) -> None:
        """Delete every row; no notification names one."""
        self._moments.append({})

    def rows(self) -> Answer:
        """Return every row, whoever may see it."""
        return self._moments[-1]

    def answer(self, user: str, moment: int | None = None) -> Answer:
        """Return what the query `status = open` gave a user at a moment, ordered by key."""
        rows = self._moments[self.moment if moment is None else moment]
        seen = {k: r for k, r in rows.items() if r[OWNER] == user and r[STATUS] == OPEN}
        return dict(sorted(seen.items(), key=lambda item: _ORDER[item[0]]))

    def was_true(self, user: str, key: Key, row: Row, since: int) -> bool:
        """Return whether a row was in the answer at some moment from `since` on."""
        moments = range(since, self.moment + 1)
        return any(self.answer(user, moment).get(key) == row for moment in moments)


def page(answer: Answer, after: Key | None, until: Key | None, most: int) -> Answer:
    """Return the first rows of an answer behind `after` up to `until`, at most so many."""
    low = -1 if after is None else _ORDER[after]
    high = len(_ORDER) if until is None else _ORDER[until]
    inside = [(key, row) for key, row in answer.items() if low < _ORDER[key] <= high]
    return dict(inside[:most])
