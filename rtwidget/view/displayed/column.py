"""What stands on the screen in the cells of one column, as far as it may differ from what the database wrote."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from rtwidget.replica.schema import Schema
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.store.cells.typed_arrays import TEXT, typed_array
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.displayed.digits import grouped
from rtwidget.view.displayed.floats import floats_shown
from rtwidget.view.displayed.lines import MARKS, composed, one_line, short_uuid
from rtwidget.view.displayed.moments import instants_shown, wall_shown, written
from rtwidget.view.displayed.number_format import EXACT, formatted
from rtwidget.view.query.view_query import ShownAs

_DIGITS: Final = frozenset("0123456789")
_CLOCK: Final = _DIGITS | frozenset("-: ")
_CALENDAR: Final = _CLOCK | frozenset("BCbc")
_FLOAT: Final = _DIGITS | frozenset("-+,.eE∞")
_FORMATTED: Final = _DIGITS | frozenset("-,.%kKmMbBtT")
_DAYS_END: Final = re.compile(r"(?<=\d) (?=\d)")
_NUMBERS: Final = frozenset({Kind.INT, Kind.FLOAT, Kind.NUMERIC})
_AS_WRITTEN: Final = frozenset({Kind.DATE, Kind.TIME})
_Manner: TypeAlias = tuple[Callable[[StoredColumn], pa.Array], Callable[[frozenset[str]], bool]]


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """How the cells of one column are drawn; any thread.

    Args:
        kind: Its kind.
        is_name: Whether its numbers name something, and have no separators.
        zone: The reader's time zone.
        format: What `formats=` says of it, or None.
        floats: Whether its numbers are drawn as floats although nobody told their type.
    """

    kind: Kind
    is_name: bool = False
    zone: str = "UTC"
    format: str | None = None
    floats: bool = False

    @classmethod
    def of(cls, snapshot: Snapshot, position: int, shown_as: ShownAs) -> ShownColumn:
        """Return how a column of some rows is drawn for a reader."""
        name = snapshot.schema.names[position]
        is_name = cls.is_name_in(snapshot.schema, name)
        format_, floats = shown_as.formats.get(name), name in shown_as.floats
        return cls(snapshot.kinds[position], is_name, shown_as.zone, format_, floats)

    @staticmethod
    def is_name_in(schema: Schema, name: str) -> bool:
        """Return whether the numbers of a column name something, so that they are read digit by digit."""
        return name in schema.key or name == "id" or name.endswith("_id")

    def written(self, stored: StoredColumn, text: str) -> tuple[pa.Array, str] | None:
        """Return what the database wrote, and a text in its manner; None where that is not what the text is of.

        Args:
            stored: The cells.
            text: What somebody typed.
        """
        if self.kind not in (Kind.TIMESTAMP, Kind.TIMESTAMPTZ):
            return _database_text(stored), text
        if set(text) <= _CLOCK and self.kind is Kind.TIMESTAMPTZ:
            # As the screen has it, so it is the reader's time and not the database's.
            return None
        return written(stored), _DAYS_END.sub("T", text, count=1).replace("Z", "+00:00")

    def drawn(self, stored: StoredColumn, text: str | None = None) -> pa.Array | None:
        """Return what stands on the screen, null for null; None where it has nothing that the database's text lacks.

        Args:
            stored: The cells.
            text: What somebody typed; None for anything.
        """
        manner = self._manner(text or "")
        if manner is None:
            return None
        draw, may_show = manner
        if text is not None and not may_show(frozenset(text)):
            return None
        drawn = draw(stored)
        if not stored.array.null_count:
            return drawn
        return pc.if_else(pc.is_valid(stored.array), drawn, pa.scalar(None, TEXT))

    def _manner(self, text: str) -> _Manner | None:
        """Return how cells are drawn, and what tells by a text's characters whether it may stand there."""
        if self.kind in _NUMBERS:
            return self._numbers()
        if self.kind is Kind.TIMESTAMPTZ:
            return partial(instants_shown, zone=self.zone), _CLOCK.issuperset
        if self.kind in _AS_WRITTEN:
            return None
        if self.kind in _MANNERS:
            return _MANNERS[self.kind]
        return _text_manner(text)

    def _numbers(self) -> _Manner | None:
        if self.format is not None and self.format != EXACT:
            marks = _FORMATTED | frozenset(self.format)
            return partial(_formatted, format_=self.format), marks.issuperset
        is_float = self.kind is Kind.FLOAT
        if self.format is None and (is_float or (self.floats and self.kind is Kind.NUMERIC)):
            return floats_shown, _FLOAT.issuperset
        return None if self.is_name and not is_float else (_grouped, frozenset(",").issubset)


def _database_text(stored: StoredColumn) -> pa.Array:
    texts = typed_array(stored, TEXT)
    if stored.encoding is Encoding.FLOAT and not pc.all(pc.is_finite(stored.array)).as_py():
        texts = pc.replace_substring(pc.replace_substring(texts, "inf", "Infinity"), "nan", "NaN")
    return texts


def _texts(stored: StoredColumn) -> pa.Array:
    return pc.fill_null(_database_text(stored), "")


def _formatted(stored: StoredColumn, format_: str) -> pa.Array:
    return formatted(_texts(stored), format_)


def _grouped(stored: StoredColumn) -> pa.Array:
    return grouped(_texts(stored))


def _ticks(stored: StoredColumn) -> pa.Array:
    # A column that is not all truth values has texts, of which these two are drawn so.
    texts = _texts(stored)
    return _marked(texts, texts)


def _short_uuids(stored: StoredColumn) -> pa.Array:
    return short_uuid(_texts(stored))


def _text_manner(text: str) -> _Manner:
    """Return the least that has to be drawn of texts in order to find one."""
    marks = MARKS.intersection(text)
    if text != "" and not marks:
        return _composed, _has_accents
    # Of a space it is enough to know that a tab is drawn so, and many texts have one.
    return (_spaced if text.isascii() and marks == {" "} else _lines), _any


def _composed(stored: StoredColumn) -> pa.Array:
    return composed(_ticked(stored))


def _spaced(stored: StoredColumn) -> pa.Array:
    return pc.replace_substring(_texts(stored), "\t", " ")


def _lines(stored: StoredColumn) -> pa.Array:
    return composed(one_line(_ticked(stored)))


def _ticked(stored: StoredColumn) -> pa.Array:
    """Return texts in which truth values, such as JSON has, are marks; the word alone tells nothing of which it is."""
    texts = _texts(stored)
    if stored.encoding not in (Encoding.BOOL, Encoding.MIXED):
        return texts
    return _marked(pc.fill_null(pc.cast(stored.array, TEXT), ""), texts)


def _marked(words: pa.Array, texts: pa.Array) -> pa.Array:
    is_true, is_false = pc.equal(words, "true"), pc.equal(words, "false")
    return pc.if_else(is_true, "✓", pc.if_else(is_false, "✗", texts))


def _has_accents(text: frozenset[str]) -> bool:
    return not all(map(str.isascii, text))


def _any(_: frozenset[str]) -> bool:
    return True


_MANNERS: Final[MappingProxyType[Kind, _Manner]] = MappingProxyType(
    {
        Kind.TIMESTAMP: (wall_shown, _CALENDAR.issuperset),
        Kind.BOOL: (_ticks, frozenset("✓✗").issuperset),
        Kind.UUID: (_short_uuids, frozenset("…").issubset),
    }
)
