"""Keys are told apart, and never put into an order: that belongs to the database, whose collation nobody knows here."""

from __future__ import annotations

import pytest

from rtwidget.replica.compare_pass import take_versions
from rtwidget.replica.keys import Key
from rtwidget.replica.rules import Replica
from tests.property.replica.model.dict_rows import DictRows


class Unordered(str):
    """A text that may be compared for equality only."""

    __slots__ = ()

    def _refuse(self, other: object) -> bool:
        raise AssertionError(f"{self!r} was compared with {other!r}.")

    __lt__ = __le__ = __gt__ = __ge__ = _refuse


ONE, TWO, THREE, FOUR = ((Unordered(name),) for name in ("one", "two", "three", "four"))


def test_no_key_is_compared_for_order() -> None:
    store = DictRows()
    replica = Replica(store)
    loading = replica.begin_pass()
    replica.complete_page(replica.begin_page(loading), {ONE: (*ONE, 1), TWO: (*TWO, 1)}, TWO)
    loading.chains[0].until = FOUR
    loading.split([THREE, TWO], replica.rows.areas(3))
    for place, chain in enumerate(loading.chains):
        assert not chain.goes_round(THREE)
        replica.complete_page(replica.begin_page(loading, place), {}, None)
    replica.complete_pass(loading)
    replica.invalidate([THREE, ONE])
    read = replica.begin_keys(replica.dirty_keys(10, 1000))
    replica.complete_keys(read, {THREE: (*THREE, 1)}, whole=True)
    comparing = replica.begin_pass()
    replica.skip(comparing, FOUR)
    page = replica.begin_page(comparing)
    take_versions(replica, page, {TWO: 1, THREE: 2}, 1)
    replica.complete_page(page, {}, None)
    replica.complete_pass(comparing)
    assert set(store.rows) == {TWO, THREE}
    assert set(replica.dirty) == {FOUR, THREE}


def test_a_comparison_would_be_noticed() -> None:
    keys: list[Key] = [ONE, TWO]
    with pytest.raises(AssertionError, match="was compared"):
        sorted(keys, key=lambda key: key[0])  # type: ignore[arg-type,return-value]
