"""What a view must show, kept by the plainest means there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bench.subjects.our_view import LEAST_PRICE
from bench.subjects.sample import SCHEMA
from rtwidget.replica.keys import Row

_PRICE = SCHEMA.names.index("price")
_UPDATED = SCHEMA.names.index("updated_at")
_SAMPLES = 50
_SAMPLE_ROWS = 200


class ExpectedOrder:
    """The keys of all rows that pass the filter, the last updated first.

    Args:
        rows: The first rows.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._shown: dict[int, str] = {}
        self._order: list[int] | None = None
        self.take([rows])

    def take(self, batches: Iterable[Iterable[Row]]) -> None:
        """Note batches that were stored."""
        self._order = None
        for batch in batches:
            for cells in batch:
                key = int(cells[0] or 0)
                if _passes(cells):
                    # As text they order as the moments do, because `+` comes before `.`, and both before digits.
                    self._shown[key] = str(cells[_UPDATED])
                else:
                    self._shown.pop(key, None)

    @staticmethod
    def newest_key(batch: Sequence[Row]) -> int | None:
        """Return the key that stands first once a batch is in the order, or None when it shows nothing."""
        shown = {int(cells[0] or 0): cells for cells in batch}
        passing = [key for key, cells in shown.items() if _passes(cells)]
        return max(passing, key=lambda key: str(shown[key][_UPDATED]), default=None)

    @property
    def first_key(self) -> int:
        """The key that stands first."""
        return self._keys()[0]

    def samples(self) -> Iterator[tuple[int, int]]:
        """Yield windows, spread over the whole order, by which it is judged."""
        total = len(self._shown)
        for place in range(_SAMPLES):
            first = max(0, total - _SAMPLE_ROWS) * place // (_SAMPLES - 1)
            yield first, _SAMPLE_ROWS

    def holds(self, total: int, keys: Callable[[int, int], Sequence[object]]) -> bool:
        """Return whether a view shows as many rows, and in every sample the right ones.

        Args:
            total: How many rows the view shows.
            keys: Returns the keys of one window.
        """
        order = self._keys()
        return total == len(order) and all(
            list(keys(first, count)) == order[first : first + count]
            for first, count in self.samples()
        )

    def _keys(self) -> list[int]:
        if self._order is None:
            self._order = sorted(self._shown, key=self._shown.__getitem__, reverse=True)
        return self._order


def _passes(cells: Row) -> bool:
    return float(cells[_PRICE] or 0) >= LEAST_PRICE


def ages_s(
    newest: Sequence[int | None],
    put_at: Sequence[float],
    firsts: Sequence[tuple[float, int | None]],
) -> list[float]:
    """Return how old the order of each window was: the age of the first batch that it did not hold."""
    ages = []
    for place, (moment, first_key) in enumerate(firsts):
        held = next((at for at in range(place, -1, -1) if newest[at] == first_key), -1)
        ages.append(moment - put_at[held + 1] if held < place else 0.0)
    return ages
