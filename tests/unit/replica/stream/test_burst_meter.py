"""When Realtime's rate limit is foreseen."""

from __future__ import annotations

from rtwidget.replica.stream.burst_meter import BurstMeter


def told(meter: BurstMeter, moments: list[float]) -> list[float]:
    return [now for now in moments if meter.heard(now)]


def test_a_hundred_events_a_second_for_one_tick_are_told_once_a_tick() -> None:
    meter = BurstMeter()
    moments = told(meter, [number / 120 for number in range(1200)])
    assert [round(now, 1) for now in moments] == [4.2, 9.2]


def test_fifty_a_second_for_a_minute_are_told() -> None:
    first, *_ = told(BurstMeter(), [number / 60 for number in range(6000)])
    assert 45.0 < first < 55.0


def test_thirty_a_second_are_not() -> None:
    assert not told(BurstMeter(), [number / 30 for number in range(30 * 600)])


def test_what_was_heard_more_than_a_minute_ago_does_not_count() -> None:
    meter = BurstMeter()
    moments = [number / 90 for number in range(400)] + [300.0 + number for number in range(500)]
    assert not told(meter, moments)
