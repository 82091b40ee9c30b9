"""The rule that keeps stored rows equal to a query's answer, clause by clause as in SPEC.md.

Notifications only mark keys dirty; only reads write. Logical time is an integer that grows with every call. All methods are for
one thread (the loop thread); nothing here does I/O, sleeps, or looks at a clock.
"""

from __future__ import annotations

from collections.abc import Mapping

from rtwidget.replica.delta import Delta
from rtwidget.replica.invalidations import Invalidations
from rtwidget.replica.keys import Key, Row
from rtwidget.replica.reads_in_flight import KeyRead, PageRead, Pass
from rtwidget.replica.row_store import RowStore


class Replica(Invalidations):
    """Decides what each answer may change (clauses 3 to 6); loop thread only.

    Args:
        rows: Where rows and stamps are kept; nobody else may write it.
    """

    def __init__(self, rows: RowStore) -> None:
        super().__init__()
        self.rows = rows
        # Stamps of removals, while an older answer could still bring the row back.
        self.gone: dict[Key, int] = {}
        # Start of the last completed pass, or the last reset.
        self.floor = 0
        self.running: Pass | None = None

    def skip(self, of: Pass, key: Key) -> None:
        """Leave a row of a pass to a read of its key: it is dirty, and what is stored of it stays (clause 4j)."""
        self.invalidate([key])
        of.seen.add(key)

    def begin_pass(self) -> Pass:
        """Begin a pass; one that runs is abandoned and its answers will be discarded (clause 4a)."""
        self._forget_pages()
        self.running = Pass(self._tick())
        return self.running

    def complete_keys(self, read: KeyRead, rows: Mapping[Key, Row], *, whole: bool) -> Delta:
        """Take the answer to a read of keys (clause 3).

        Args:
            read: The read.
            rows: The rows that came back.
            whole: Whether it is known that the answer left none out.
        """
        # First, whatever the answer is worth: else its keys would never be offered again.
        self._end(read)
        delta = Delta()
        # A pass or a reset since may have removed what this answer still holds.
        if read.start >= self.floor:
            self._store(rows, read.start, delta)
            # No server caps an answer to nothing, so one without rows is whole.
            absent = read.keys - rows.keys() if whole or not rows else frozenset()
            for key in absent:
                self._remove(key, read.start, delta)
            # What the answer may have left out stays dirty, and is asked for again (clause 3d).
            self._clean(read.keys & (rows.keys() | absent), read.start)
        self._forget_gone()
        return delta

    def take_rows(self, page: PageRead, rows: Mapping[Key, Row]) -> Delta:
        """Take some rows of a page; it stays under way, as if the others came later (clause 4d)."""
        delta = Delta()
        # No removal is remembered for the pages of an abandoned pass, so they could bring a row back (clause 4a).
        if page.of is self.running:
            self._store(rows, page.start, delta, page.chain.area)
            page.of.rows += len(rows)
        return delta

    def complete_page(self, page: PageRead, rows: Mapping[Key, Row], last: Key | None) -> Delta:
        """Take one page of a pass; nothing is taken of a pass that was abandoned (clauses 4a to 4d).

        Args:
            page: The page.
            rows: Its rows, or the last of them.
            last: The last key that the server returned, where the chain continues; None when it ends here.
        """
        self._end(page)
        delta = self.take_rows(page, rows)
        page.chain.go_on(last)
        # Only now: the rows of this page had to be compared with the removals first (clause 3f).
        self._forget_gone()
        return delta

    def complete_pass(self, of: Pass) -> Delta:
        """Sweep what the pass did not see, and move the floor to its start (clauses 4e to 4g).

        Raises:
            ValueError: When one of its chains has not ended.
        """
        delta = Delta()
        # Rows on the pages of an abandoned pass were not taken, and would be swept as unseen (clause 4a).
        if of is not self.running:
            return delta
        # A sweep now would remove the rows that a chain has not come to yet (clause 4e).
        if not of.ended:
            raise ValueError("A chain of this pass has not ended.")
        self.running = None
        # These removals need not be remembered: the floor keeps older answers out.
        for key in self.rows.unseen_since(of.start):
            if key not in of.seen:
                self.rows.remove(key)
                delta.removed.add(key)
        # A row that was deleted comes back on no page, so its key would stay dirty for ever (clause 4f).
        self._clean(list(self.dirty), of.start)
        self.floor = of.start
        # A gap that was noticed during the pass may have hidden changes of pages that were read before it.
        if self.want is not None and self.want <= of.start:
            self.want = None
        self._forget_gone()
        return delta

    def fail(self, read: KeyRead | PageRead) -> None:
        """Take note that a read had no answer; its keys stay dirty (clauses 5a, 5b)."""
        self._end(read)
        self._forget_gone()

    def interrupt(self, of: Pass) -> None:
        """Let a pass that met a failure go on later from where its chains stand (clause 5f)."""
        if of is self.running:
            self._forget_pages()
            of.interrupted()

    def give_up(self, of: Pass) -> None:
        """Abandon a pass; it is still wanted (clause 5g)."""
        if of is self.running:
            self._forget_pages()
            self.running = None
            # Giving up is no new gap, so what is wanted already keeps its moment and its reason.
            if self.want is None:
                self.invalidate_all("the last pass was given up")

    def reset(self, reason: str, rows: RowStore | None = None) -> None:
        """Empty everything, and keep rows in `rows` from now on if the columns changed (clauses 6a, 6b)."""
        self.rows.clear()
        self.rows = rows if rows is not None else self.rows
        self.dirty.clear()
        self.gone.clear()
        self._forget_pages()
        self.running = None
        # Reads in flight began before this moment, perhaps as somebody else.
        self.floor = self._tick()
        self.invalidate_all(reason)

    def _store(self, rows: Mapping[Key, Row], start: int, delta: Delta, area: int = -1) -> None:
        for key, row in rows.items():
            # Reads overlap, so the answer that comes last need not be the latest.
            seen = self.rows.seen(key)
            if (seen is not None and seen > start) or self.gone.get(key, 0) > start:
                continue
            changed = self.rows.put(key, row, start, area)
            if changed is None:
                delta.inserted.add(key)
            elif changed:
                delta.updated[key] = changed

    def _remove(self, key: Key, start: int, delta: Delta) -> None:
        seen = self.rows.seen(key)
        if seen is not None and seen > start:
            return
        # Remembered even if no such row is stored: an older read may still be bringing it (clause 3f).
        self.gone[key] = max(start, self.gone.get(key, 0))
        if seen is not None:
            self.rows.remove(key)
            delta.removed.add(key)

    def _forget_gone(self) -> None:
        """Keep a removal only while a read that began before it is in flight (clause 3f)."""
        if self.gone:
            oldest = self._oldest()
            self.gone = {key: stamp for key, stamp in self.gone.items() if stamp > oldest}
