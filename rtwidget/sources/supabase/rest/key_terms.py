"""What restricts a read to some keys, as PostgREST reads it: those behind or up to one, or those of a list. Pure text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rtwidget.replica.keys import Key
from rtwidget.sources.supabase.rest.logic import Term, alternatives, compared, one_of
from rtwidget.sources.supabase.rest.quoting import column_name, quoted
from rtwidget.sources.values.array_text import array_from_json
from rtwidget.sources.values.json_cells import key_text


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """Conditions on a whole key (any thread).

    Args:
        columns: The key columns.
        arrays: Those of them that are SQL arrays, which are read as other texts than JSON shows them as.
        documents: Those of them that are JSON themselves.
    """

    columns: tuple[str, ...]
    arrays: frozenset[str]
    documents: frozenset[str]

    def within(self, after: Key | None, until: Key | None) -> list[Term]:
        """Return the conditions of `after < key <= until`; None bounds nothing."""
        bounds = (("gt", after), ("lte", until))
        return [self.bound(operator, key) for operator, key in bounds if key is not None]

    def bound(self, operator: str, key: Key) -> Term:
        """Compare the whole key; the last column takes the operator, the others decide strictly."""
        if len(self.columns) == 1:
            return compared(self.columns[0], operator, self._texts(key)[0])
        names = [column_name(name) for name in self.columns]
        # Written from the last column outwards: greater in the first, or equal there and greater in the rest.
        values = list(map(quoted, self._texts(key)))
        term = f"{names[-1]}.{operator}.{values[-1]}"
        for name, value in reversed(list(zip(names[:-1], values[:-1], strict=True))):
            term = f"{name}.{operator.removesuffix('e')}.{value},and({name}.eq.{value},{_grouped(term)})"
        return alternatives(term)

    def named(self, keys: Sequence[Key]) -> Term:
        """Return the condition of the rows that have one of these keys."""
        # A list of arrays would be one array of more dimensions.
        if len(self.columns) == 1 and not self.arrays:
            return one_of(self.columns[0], [self._texts(key)[0] for key in keys])
        return alternatives(",".join(map(self._equal, keys)))

    def _equal(self, key: Key) -> str:
        pairs = zip(self.columns, self._texts(key), strict=True)
        terms = (f"{column_name(name)}.eq.{quoted(text)}" for name, text in pairs)
        return f"and({','.join(terms)})"

    def _texts(self, key: Key) -> list[str]:
        """Return the parts of a key as their types read them."""
        return [
            array_from_json(key_text(part))
            if name in self.arrays
            else key_text(part, as_json=name in self.documents)
            for name, part in zip(self.columns, key, strict=True)
        ]


def _grouped(term: str) -> str:
    """Keep alternatives together where a list would mean that all hold."""
    return f"or({term})" if ",and(" in term else term
