"""How many rows a page asks for: as many as come well."""

from __future__ import annotations

from rtwidget.sources.supabase.page_size import LEAST_ROWS, PAGE_BYTES, PAGE_S, PageSize


def test_the_first_page_is_as_great_as_it_is_wanted() -> None:
    assert PageSize().of(1000) == 1000


def test_small_rows_come_in_greater_pages_and_never_more_than_are_wanted() -> None:
    size = PageSize()
    size.answered(1000, 40_000, 0.01)
    assert size.of(10_000) == 10_000
    assert size.of(1000) == 1000


def test_a_page_of_great_rows_is_bounded_by_its_size() -> None:
    size = PageSize()
    size.answered(1000, 4 * PAGE_BYTES, 0.1)
    assert size.of(10_000) == 250


def test_a_page_of_a_slow_server_is_bounded_by_its_time() -> None:
    size = PageSize()
    size.answered(1000, 1000, 4 * PAGE_S)
    assert size.of(10_000) == 250


def test_a_page_that_failed_is_asked_for_in_halves_down_to_a_few_rows() -> None:
    size = PageSize()
    asked = []
    for _ in range(8):
        asked.append(size.of(1000))
        size.failed(asked[-1])
    assert asked == [1000, 500, 250, 125, 62, LEAST_ROWS, LEAST_ROWS, LEAST_ROWS]


def test_a_few_rows_do_not_tell_how_long_many_take() -> None:
    size = PageSize()
    size.answered(3, 1000, 0.1)
    assert size.of(5000) == 5000


def test_an_empty_page_says_nothing() -> None:
    size = PageSize()
    size.answered(1000, 4 * PAGE_BYTES, 0.1)
    size.answered(0, 2, 9.0)
    assert size.of(10_000) == 250
