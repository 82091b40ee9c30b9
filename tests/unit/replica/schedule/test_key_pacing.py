"""When dirty keys are read: gathered, paced by what a read costs, in batches that failures make smaller."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica import budgets as b
from rtwidget.replica.schedule.key_pacing import KeyPacing


def test_nothing_waits_before_the_first_notification() -> None:
    assert KeyPacing().due_at() is None


def test_the_first_read_gathers_notifications_for_30_ms_and_is_not_put_off_by_more() -> None:
    pacing = KeyPacing()
    pacing.notified(10.0)
    pacing.notified(10.02)
    assert pacing.due_at() == pytest.approx(10.03)


def test_reads_begin_at_least_100_ms_apart() -> None:
    pacing = KeyPacing()
    pacing.began(10.0, more=False)
    assert pacing.due_at() is None
    pacing.notified(10.01)
    pacing.ended(10.02, 10.0, waiting=True)
    assert pacing.due_at() == pytest.approx(10.1)


def test_a_slow_read_puts_the_next_one_off_to_twice_its_time() -> None:
    pacing = KeyPacing()
    pacing.began(10.0, more=False)
    pacing.ended(12.0, 10.0, waiting=True)
    assert pacing.due_at() == pytest.approx(14.0)


def test_keys_that_did_not_fit_wait_from_the_moment_the_read_began() -> None:
    pacing = KeyPacing()
    pacing.notified(9.9)
    pacing.began(10.0, more=True)
    assert pacing.first_at == 10.0
    assert pacing.due_at() == pytest.approx(10.1)


def test_a_read_that_leaves_nothing_waiting_makes_nothing_due() -> None:
    pacing = KeyPacing()
    pacing.began(10.0, more=False)
    pacing.ended(10.1, 10.0, waiting=False)
    assert pacing.due_at() is None


def test_a_quiet_table_is_read_30_ms_after_its_notification_again() -> None:
    pacing = KeyPacing()
    pacing.began(10.0, more=False)
    pacing.ended(10.1, 10.0, waiting=False)
    pacing.notified(50.0)
    assert pacing.due_at() == pytest.approx(50.03)


def test_each_failure_leaves_a_quarter_of_the_batch_down_to_one_key() -> None:
    pacing = KeyPacing()
    sizes = []
    for _ in range(6):
        pacing.failed(1.0, pacing.batch_rows)
        sizes.append(pacing.batch_rows)
    assert sizes == [50, 12, 3, 1, 1, 1]


def test_answers_double_the_batch_up_to_its_limit() -> None:
    pacing = KeyPacing()
    pacing.failed(1.0, 4)
    sizes = []
    while pacing.batch_rows < b.KEY_READ_ROWS:
        for _ in range(b.PAGES_TO_GROW):
            pacing.answered(pacing.batch_rows, 0, 0, 0.1)
        sizes.append(pacing.batch_rows)
    assert sizes == [2, 4, 8, 16, 32, 64, 128, 200]


def test_the_batch_is_bounded_by_the_bytes_and_the_time_of_its_rows() -> None:
    pacing = KeyPacing()
    pacing.answered(200, 200, 4 * b.PAGE_BYTES, 0.1)
    assert pacing.batch_rows == 50
    pacing.answered(50, 50, 0, 10.0)
    assert pacing.batch_rows == 50


def test_a_read_that_fails_at_once_is_not_repeated_at_once() -> None:
    pacing = KeyPacing()
    pacing.began(10.0, more=False)
    pacing.failed(10.09, 1)
    pacing.ended(10.09, 10.0, waiting=True)
    assert pacing.due_at() == pytest.approx(10.19)


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3), st.booleans()), max_size=40))
def test_reads_are_never_closer_than_100_ms_and_twice_the_last_ones_time(
    reads: list[tuple[float, float, bool]],
) -> None:
    pacing, now = KeyPacing(), 0.0
    earliest = 0.0
    for quiet_s, took_s, failed in reads:
        pacing.notified(now + quiet_s)
        due_at = pacing.due_at()
        assert due_at is not None
        assert due_at >= earliest - 1e-9
        pacing.began(due_at, more=False)
        earliest = due_at + max(0.1, 2 * took_s)
        now = due_at + took_s
        if failed:
            pacing.failed(now, 1)
        pacing.ended(now, due_at, waiting=False)


def test_reads_slow_down_while_nobody_looks_and_hurry_once_somebody_does() -> None:
    pacing = KeyPacing()
    pacing.began(10.0, more=True)
    assert pacing.due_at(attended=False) == pytest.approx(11.0)
    assert pacing.due_at(attended=True) == pytest.approx(10.1)


def test_reads_slow_down_when_it_is_somebody_elses_rows_that_are_busy() -> None:
    pacing = KeyPacing()
    for _ in range(19):
        pacing.answered(100, 0, 0, 0.1)
    assert not pacing.foreign()
    pacing.answered(100, 99, 0, 0.1)
    assert pacing.foreign()
    pacing.began(10.0, more=True)
    assert pacing.due_at() == pytest.approx(11.0)
    pacing.answered(100, 2, 0, 0.1)
    assert not pacing.foreign()


def test_a_row_alone_and_a_batch_keep_the_same_gap_from_one_another() -> None:
    pacing = KeyPacing()
    assert pacing.alone_at(None) is None
    assert pacing.alone_at(5.0) == 5.0
    pacing.began(10.0, more=False)
    assert pacing.alone_at(5.0) == pytest.approx(10.1)
    assert pacing.alone_at(5.0, attended=False) == pytest.approx(11.0)
    assert pacing.alone_at(20.0) == 20.0
    pacing.began_alone(11.0)
    pacing.notified(11.0)
    assert pacing.due_at() == pytest.approx(11.1)
    assert pacing.alone_at(5.0) == pytest.approx(11.1)
