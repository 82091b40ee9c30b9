"""The verdict on a page: it must be able to fail."""

from __future__ import annotations

import pytest

from tests.browser.lab.page_memory import PageMemory, grown

FLAT = PageMemory(60.0, 9_000, 1_200)


def test_a_heap_that_breathes_is_flat() -> None:
    assert (
        grown([PageMemory(60.0 + number % 3, 9_000 + number % 90, 1_200) for number in range(30)])
        == []
    )


def test_a_warm_up_is_forgiven() -> None:
    assert grown([PageMemory(40.0, 5_000, 900)] * 4 + [FLAT] * 8) == []


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (PageMemory(70.0, 9_000, 1_200), "heap_mb of the page grew from 60 to 70"),
        (PageMemory(60.0, 9_500, 1_200), "nodes of the page grew from 9000 to 9500"),
        (PageMemory(60.0, 9_000, 1_600), "listeners of the page grew from 1200 to 1600"),
    ],
)
def test_growth_is_told(late: PageMemory, said: str) -> None:
    assert grown([FLAT] * 8 + [late] * 4) == [said]


def test_a_run_without_measures_proves_nothing() -> None:
    assert grown([FLAT] * 3) != []
