"""Inference does not depend on the order of what is seen, and only widens; sorting is a sort."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.replica.schema import Column
from rtwidget.store.cells.kinds import Kind, Kinds
from rtwidget.store.order.ordering import Order, sorted_slots
from tests.unit.store.snapshots import snapshot_of

numbers = st.one_of(
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False).map(lambda value: NumberText(f"{value}")),
    st.sampled_from(["NaN", "Infinity", "-Infinity"]),
)
cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.booleans(),
    numbers,
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.uuids().map(str),
    st.sampled_from([JsonText("[]"), JsonText("{}")]),
    st.text(max_size=5),
)
# Every kind may become a kind of a higher rank, never one of a lower.
RANK = {Kind.TEXT: 2, Kind.JSON: 3, Kind.NUMERIC: 1}


def kind_of(seen: list[Cell]) -> Kind:
    kinds = Kinds([Column("c")])
    for cell in seen:
        kinds.observe((cell,))
    return kinds.now()[0]


@given(st.lists(cells), st.randoms())
def test_the_order_of_what_is_seen_does_not_matter(seen: list[Cell], chance: object) -> None:
    shuffled = sorted(seen, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert kind_of(seen) is kind_of(shuffled)


@given(st.lists(cells, min_size=1), cells)
def test_one_more_value_never_narrows_a_kind(seen: list[Cell], more: Cell) -> None:
    before, after = kind_of(seen), kind_of([*seen, more])
    told = [
        cell for cell in seen if cell is not None and cell not in ("NaN", "Infinity", "-Infinity")
    ]
    if told and after is not before:
        assert RANK.get(after, 0) > RANK.get(before, 0)


def value(cell: Cell) -> Decimal:
    assert cell is not None
    return Decimal(str(cell))


@given(st.lists(numbers), st.booleans())
def test_numbers_come_out_in_the_order_of_their_values(found: list[Cell], descending: bool) -> None:  # noqa: FBT001
    snapshot = snapshot_of({"c": found}, {"c": "numeric"})
    places = sorted_slots(snapshot, [Order("c", descending)])
    assert sorted(places) == list(range(len(found)))
    ordered = [value(found[place]) for place in places][:: -1 if descending else 1]
    known = [one for one in ordered if not one.is_nan()]
    assert known == sorted(known)
    assert all(one.is_nan() for one in ordered[len(known) :])


def test_a_whole_number_too_long_for_an_int_keeps_its_text() -> None:
    text = NumberText("9" * 5_000)
    snapshot = snapshot_of({"c": [text]}, {"c": "numeric"})
    assert snapshot.rows == ((0, text),)
