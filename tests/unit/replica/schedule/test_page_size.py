"""How many rows a page asks for: as many as come well, fewer where they do not, and more again."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from rtwidget.replica import budgets as b
from rtwidget.replica.schedule.page_size import PageSize

LIMIT = b.PAGE_MOST_ROWS


def test_the_first_page_is_as_great_as_it_is_wanted() -> None:
    assert PageSize().of(1000) == 1000


def test_small_rows_come_in_greater_pages_and_never_more_than_are_wanted() -> None:
    size = PageSize()
    size.answered(1000, 1000, 40_000, 0.01)
    assert size.of(LIMIT) == LIMIT
    assert size.of(1000) == 1000


def test_a_page_of_great_rows_is_bounded_by_its_size_down_to_one_row() -> None:
    size = PageSize()
    size.answered(1000, 1000, 4 * b.PAGE_BYTES, 0.1)
    assert size.of(LIMIT) == 250
    size.answered(1, 1, 100 * b.PAGE_BYTES, 0.1)
    assert size.of(LIMIT) == 1


def test_a_size_that_is_not_known_bounds_nothing() -> None:
    size = PageSize()
    size.answered(1000, 1000, 0, 0.0)
    assert size.of(LIMIT) == LIMIT


def test_a_page_of_a_slow_server_is_bounded_by_its_time() -> None:
    size = PageSize()
    size.answered(1000, 1000, 1000, 4 * b.PAGE_S)
    assert size.of(LIMIT) == 250


def test_a_few_rows_are_made_neither_fewer_nor_more_because_they_took_long() -> None:
    size = PageSize()
    size.answered(1000, 1000, 1000, 100 * b.PAGE_S)
    assert size.of(LIMIT) == b.PAGE_FEW_ROWS
    size.failed(b.PAGE_FEW_ROWS)
    few = size.of(LIMIT)
    for _ in range(10 * b.PAGES_TO_GROW):
        size.answered(few, few, 1000, 10 * b.PAGE_S)
        assert size.of(LIMIT) == few


def test_a_few_rows_do_not_tell_how_long_many_take() -> None:
    size = PageSize()
    size.answered(5000, 3, 1000, 0.1)
    assert size.of(5000) == 5000


def test_an_empty_page_says_nothing() -> None:
    size = PageSize()
    size.answered(1000, 1000, 4 * b.PAGE_BYTES, 0.1)
    size.answered(1000, 0, 2, 9.0)
    assert size.of(LIMIT) == 250


def test_a_page_that_failed_is_asked_for_in_quarters_down_to_one_row() -> None:
    size = PageSize()
    asked = []
    for _ in range(8):
        asked.append(size.of(1000))
        size.failed(asked[-1])
    assert asked == [1000, 250, 62, 15, 3, 1, 1, 1]


def test_pages_that_failed_side_by_side_say_it_once() -> None:
    size = PageSize()
    for _ in range(b.PASS_CHAINS):
        size.failed(1000)
    assert size.of(LIMIT) == 250


def test_what_failed_is_not_asked_for_again_before_several_pages_came() -> None:
    size = PageSize()
    size.failed(1000)
    asked = []
    for _ in range(1 + 2 * b.PAGES_TO_GROW):
        asked.append(size.of(LIMIT))
        size.answered(asked[-1], asked[-1], 1, 0.1)
    assert asked == [*[250] * b.PAGES_TO_GROW, *[500] * b.PAGES_TO_GROW, 1000]


answers = st.tuples(st.booleans(), st.integers(0, LIMIT), st.integers(0, 10**10), st.floats(0, 1e4))


@given(st.lists(answers, max_size=60), st.integers(1, LIMIT))
@example(history=[(True, 500, 0, 5e-324)], limit=500)
def test_whatever_came_at_least_one_row_is_asked_for_and_it_recovers(
    history: list[tuple[bool, int, int, float]], limit: int
) -> None:
    size = PageSize()
    for came, rows, size_bytes, took_s in history:
        asked = size.of(limit)
        assert 1 <= asked <= limit
        if came:
            size.answered(asked, min(rows, asked), size_bytes, took_s)
        else:
            size.failed(asked)
            assert size.of(limit) < asked or asked == 1
    for _ in range(2 * b.PAGES_TO_GROW * LIMIT.bit_length()):
        asked = size.of(limit)
        size.answered(asked, asked, asked, 0.001)
    assert size.of(limit) == limit


@given(st.integers(1, LIMIT), st.integers(1, LIMIT))
def test_a_table_of_which_so_many_rows_come_at_once_is_read_to_its_end(
    bearable: int, rows: int
) -> None:
    size, left, failed = PageSize(), rows, 0
    tries = 0
    while left:
        tries += 1
        asked = min(size.of(LIMIT), left)
        if asked > bearable:
            failed += 1
            size.failed(size.of(LIMIT))
        else:
            size.answered(size.of(LIMIT), asked, asked, 0.001)
            left -= asked
    assert failed <= 8 + (tries - failed) // b.PAGES_TO_GROW
