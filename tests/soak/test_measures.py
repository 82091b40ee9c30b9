"""The soak's verdict: it must be able to fail."""

from __future__ import annotations

import pytest

from tests.soak.measures import Measure, grown

FLAT = Measure(200.0, 9, 12, 2)


def test_flat_is_fine() -> None:
    bumpy = [Measure(200.0 + number % 3, 9 - number % 2, 12, 2) for number in range(30)]
    assert grown(bumpy) == []


def test_a_warm_up_is_forgiven() -> None:
    assert grown([Measure(100.0, 4, 8, 1)] * 4 + [FLAT] * 8) == []


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (Measure(230.0, 9, 12, 2), "memory grew from 200 to 230 MB"),
        (Measure(200.0, 11, 12, 2), "threads grew from 9 to 11"),
        (Measure(200.0, 9, 17, 2), "sockets grew from 12 to 17"),
        (Measure(200.0, 9, 12, 3), "subscriptions grew from 2 to 3"),
    ],
)
def test_growth_is_told(late: Measure, said: str) -> None:
    assert grown([FLAT] * 8 + [late] * 4) == [said]


def test_a_run_without_measures_proves_nothing() -> None:
    assert grown([FLAT] * 3) != []


def test_a_leak_of_this_process_is_seen() -> None:
    before = Measure.now(0)
    kept = b"x" * 50_000_000
    assert Measure.now(0).rss_mb > before.rss_mb + 40
    assert len(kept) == 50_000_000
