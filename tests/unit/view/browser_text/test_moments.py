"""Moments in the reader's zone, to the second; what is no moment stays as the database wrote it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rtwidget.replica.keys import Cell
from rtwidget.store.cells.encoding import encode
from rtwidget.store.cells.kinds import Kind
from rtwidget.store.cells.stored_column import Encoding, StoredColumn
from rtwidget.view.browser_text.moments import in_zone, instants_shown, moments, wall_shown, written

BEFORE_CHRIST = "0044-03-15T12:00:00+00:00 BC"


def instants(*cells: Cell) -> StoredColumn:
    return encode(cells, Kind.TIMESTAMPTZ)


@pytest.mark.parametrize("others", [[], ["infinity"], ["2026-02-30T00:00:00+00:00", "x"]])
def test_instants_are_drawn_by_the_readers_clock_and_others_as_they_are(
    others: Sequence[Cell],
) -> None:
    stored = instants("1969-12-31T23:59:59.999999+00:00", None, *others)
    found = instants_shown(stored, "+05:30").to_pylist()
    if "x" in others:
        # A day that no calendar has: nothing of these cells is taken for a moment.
        assert found == ["1969-12-31T23:59:59.999999+00:00", None, *others]
    else:
        assert found == ["1970-01-01 05:29:59", None, *others]


def test_before_1970_a_fraction_of_a_second_is_cut_downwards_too() -> None:
    text = "1969-12-31T23:59:58.5"
    assert instants_shown(instants(f"{text}+00:00"), "UTC").to_pylist() == ["1969-12-31 23:59:58"]
    assert wall_shown(encode([text], Kind.TIMESTAMP)).to_pylist() == ["1969-12-31 23:59:58"]


def test_which_cells_are_moments_is_known_of_both_ways_to_keep_them() -> None:
    kept = instants("1970-01-01T00:00:01+00:00", None)
    assert kept.encoding is not Encoding.TEXT
    loose = instants("1970-01-01T09:00:01+09", None, "infinity", BEFORE_CHRIST, "1970-01-01T00:00")
    for stored in (kept, loose):
        found = moments(stored)
        assert found.known.tolist() == [True, *[False] * (len(found.known) - 1)]
        assert found.us[0] == 1_000_000
        assert in_zone(stored, "+00:01").us[0] == 61_000_000


def test_times_without_a_zone_stand_as_they_are_to_the_second() -> None:
    for cells in (["2026-03-15T02:30:00.999999"], ["2026-03-15T02:30:00.999999", "infinity"]):
        stored = encode(cells, Kind.TIMESTAMP)
        assert wall_shown(stored).to_pylist() == ["2026-03-15 02:30:00", *cells[1:]]
    old = encode(["0044-03-15T12:00:00.25 BC", "infinity", None], Kind.TIMESTAMP)
    assert wall_shown(old).to_pylist() == ["0044-03-15 12:00:00 BC", "infinity", None]


@pytest.mark.parametrize("fraction", ["", ".5", ".25", ".000001", ".10203"])
def test_moments_are_written_as_the_database_wrote_them(fraction: str) -> None:
    text = f"2026-03-10T20:00:00{fraction}"
    assert written(instants(f"{text}+00:00", None)).to_pylist() == [f"{text}+00:00", None]
    assert written(encode([text, None], Kind.TIMESTAMP)).to_pylist() == [text, None]
    assert written(instants(f"{text}+09:00", BEFORE_CHRIST)).to_pylist()[1] == BEFORE_CHRIST
