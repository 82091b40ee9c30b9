"""The limit on change events: what a burst costs, by the numbers of the real server's code."""

from __future__ import annotations

import pytest

from rtwidget.local.faults.event_rate_limit import RateLimit


def silence(limit: RateLimit, began: float) -> list[float]:
    """Return the seconds, of the next 200 after a burst, in which nothing is told."""
    return [now for now in range(200) if not limit.lets_through(began + now)]


@pytest.mark.parametrize(("burst", "ends"), [(1000, 10), (3000, 30), (6000, 65)])
def test_a_burst_passes_and_what_follows_it_is_lost(burst: int, ends: int) -> None:
    limit = RateLimit(per_second=100, window_s=60, now=0.0)
    assert limit.lets_through(0.1)
    limit.add(burst)
    lost = silence(limit, 0.1)
    assert lost[0] == 5
    assert lost[-1] == pytest.approx(ends - 1, abs=5)
    assert lost == list(range(5, int(lost[-1]) + 1))


def test_what_is_lost_is_not_counted_and_few_events_never_trip() -> None:
    limit = RateLimit(per_second=100, window_s=60, now=1000.0)
    for tenth in range(3000):
        assert limit.lets_through(1000 + tenth / 10)
        limit.add(9)


def test_a_steady_excess_trips_and_comes_back() -> None:
    limit = RateLimit(per_second=100, window_s=60, now=0.0)
    told = 0
    states = []
    for second in range(300):
        through = limit.lets_through(float(second))
        states.append(through)
        if through:
            limit.add(190)
            told += 190
    assert not all(states)
    assert any(states[200:])
    assert told <= 100 * 300 * 1.2
