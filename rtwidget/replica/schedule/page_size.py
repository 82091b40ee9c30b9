"""How many rows to ask for at once: pure; the sizes and times of earlier answers are arguments."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.replica import budgets as b


@dataclass(slots=True)
class PageSize:
    """The most rows to ask for, learned from what came and from what did not (SPEC.md, B6; clause 5e).

    Args:
        rows: As many as come well, by the bytes and the time of the last answer; None before the first.
        ceiling: As many as a failure lets hope for; raised by answers, and None once it bounds nothing any more.
    """

    rows: int | None = None
    ceiling: int | None = None
    _well: int = 0

    def of(self, limit: int) -> int:
        """Return how many rows to ask for where `limit` are wanted: at least one, if any are."""
        return min([limit, *(most for most in (self.rows, self.ceiling) if most is not None)])

    def answered(self, asked: int, rows: int, size_bytes: int, took_s: float) -> None:
        """Take note of an answer.

        Args:
            asked: How many rows were asked for.
            rows: How many came; none says nothing of their size.
            size_bytes: Their size before compression; 0 where it is not known.
            took_s: How long they took, in seconds.
        """
        # That a smaller page came says nothing of whether so many rows would.
        if self.ceiling is not None and asked >= self.ceiling:
            self._grow(self.ceiling)
        if not rows:
            return
        most = b.PAGE_MOST_ROWS
        if size_bytes:
            most = min(most, b.PAGE_BYTES * rows // size_bytes)
        if took_s > b.PAGE_S:
            # The time of a few is that of their way, so they are not made fewer, but never more either.
            by_time = max(b.PAGE_FEW_ROWS, int(b.PAGE_S * rows / took_s))
            most = min(most, asked, by_time)
        elif rows >= b.PAGE_TELLING_ROWS and took_s > 0:
            most = int(min(most, b.PAGE_S * rows / took_s))
        self.rows = max(1, most)

    def failed(self, asked: int) -> None:
        """Take note that so many rows were too many; those that were asked for side by side say it once."""
        fewer = max(1, asked // b.PAGE_SHRINK_FACTOR)
        self.ceiling = fewer if self.ceiling is None else min(self.ceiling, fewer)
        self._well = 0

    def _grow(self, ceiling: int) -> None:
        self._well += 1
        if self._well >= b.PAGES_TO_GROW:
            self._well = 0
            self.ceiling = 2 * ceiling if 2 * ceiling < b.PAGE_MOST_ROWS else None
