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
from rtwidget.store.cells.stored_column import StoredColumn
from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.store.snapshot import Snapshot
from rtwidget.view.browser_text.drawn_cells import (
    composed_texts,
    database_text,
    formatted_numbers,
    grouped_numbers,
    short_uuids,
    spaced_texts,
    text_lines,
    ticks,
)
from rtwidget.view.browser_text.floats import floats_shown
from rtwidget.view.browser_text.lines import MARKS
from rtwidget.view.browser_text.moments import instants_shown, wall_shown, written
from rtwidget.view.browser_text.number_format import EXACT
from rtwidget.view.query.view_query import ShownAs

# The characters that each manner of drawing can show: a text with others need not be looked for in what is drawn.
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
            return database_text(stored), text
        if set(text) <= _CLOCK and self.kind is Kind.TIMESTAMPTZ:
            # As the screen has it, so it is the reader's time and not the database's.
            return None
        # People type a space and Z where the database writes T and +00:00.
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
        # Manners draw something in place of null, which must not be found.
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
            return partial(formatted_numbers, format_=self.format), marks.issuperset
        is_float = self.kind is Kind.FLOAT
        if self.format is None and (is_float or (self.floats and self.kind is Kind.NUMERIC)):
            return floats_shown, _FLOAT.issuperset
        # Floats come here in the format `exact` alone; of a name, people read and type each digit.
        return None if self.is_name and not is_float else (grouped_numbers, frozenset(",").issubset)


def _text_manner(text: str) -> _Manner:
    """Return the least that has to be drawn of texts in order to find one."""
    marks = MARKS.intersection(text)
    if text != "" and not marks:
        return composed_texts, _has_accents
    # Of a space it is enough to know that a tab is drawn so, and many texts have one.
    return (spaced_texts if text.isascii() and marks == {" "} else text_lines), _any


def _has_accents(text: frozenset[str]) -> bool:
    return not all(map(str.isascii, text))


def _any(_: frozenset[str]) -> bool:
    return True


_MANNERS: Final[MappingProxyType[Kind, _Manner]] = MappingProxyType(
    {
        Kind.TIMESTAMP: (wall_shown, _CALENDAR.issuperset),
        Kind.BOOL: (ticks, frozenset("✓✗").issuperset),
        Kind.UUID: (short_uuids, frozenset("…").issubset),
    }
)
