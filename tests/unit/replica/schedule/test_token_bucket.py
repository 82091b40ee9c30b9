"""The reads of one project: a burst, then a sustained rate, over any stretch of time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.replica import budgets
from rtwidget.replica.schedule.token_bucket import TokenBucket


def _uses(bucket: TokenBucket, waits: list[float]) -> list[float]:
    """Return when each token may be used, taken with these waits between the askings."""
    now, uses = 0.0, []
    for wait in waits:
        now += wait
        uses.append(now + bucket.take(now))
    return uses


@given(st.lists(st.one_of(st.just(0.0), st.floats(0, 5)), min_size=1, max_size=120))
def test_no_stretch_of_time_holds_more_than_the_burst_and_the_rate(waits: list[float]) -> None:
    uses = _uses(TokenBucket(), waits)
    for first, began in enumerate(uses):
        for last in range(first, len(uses)):
            allowed = budgets.PROJECT_READS_BURST + budgets.PROJECT_READS_PER_S * (
                uses[last] - began
            )
            assert last - first + 1 <= allowed + 1e-6


@given(st.lists(st.floats(0, 5), min_size=1, max_size=60))
def test_tokens_are_used_in_the_order_in_which_they_were_taken(waits: list[float]) -> None:
    uses = _uses(TokenBucket(), waits)
    assert uses == sorted(uses)


def test_the_burst_is_free_and_what_follows_waits_its_turn() -> None:
    bucket = TokenBucket()
    assert [bucket.take(5.0) for _ in range(20)] == [0.0] * 20
    assert [bucket.take(5.0) for _ in range(3)] == pytest.approx([0.1, 0.2, 0.3])


def test_the_rate_comes_back_with_time_but_never_more_than_the_burst() -> None:
    bucket = TokenBucket()
    for _ in range(20):
        bucket.take(0.0)
    assert [bucket.take(0.5) for _ in range(6)] == pytest.approx([0.0] * 5 + [0.1])
    assert [bucket.take(1e6) for _ in range(21)] == pytest.approx([0.0] * 20 + [0.1])


def test_another_rate_gives_other_waits() -> None:
    bucket = TokenBucket(per_s=2.0, burst=1.0)
    assert [bucket.take(0.0) for _ in range(3)] == [0.0, 0.5, 1.0]


def test_a_new_bucket_holds_its_own_burst() -> None:
    bucket = TokenBucket(per_s=1.0, burst=1.0)
    assert [bucket.take(0.0) for _ in range(2)] == [0.0, 1.0]
