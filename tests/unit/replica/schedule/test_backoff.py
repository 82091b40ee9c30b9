"""When to try again: jitter and its bounds, polite closes, the server's own wait."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.errors import AuthenticationError, UnreachableError
from rtwidget.replica.schedule.backoff import POLITE_CLOSES, Backoff, cap_s

CHANCES = st.floats(0, 1, exclude_max=True)


def _failed(times: int) -> Backoff:
    return reduce(lambda backoff, _: backoff.failed(), range(times), Backoff())


@pytest.mark.parametrize(
    ("attempt", "ceiling_s"),
    [(0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 60), (8, 60), (40, 60)],
)
def test_the_wait_is_uniform_below_a_ceiling_that_doubles_up_to_a_minute(
    attempt: int, ceiling_s: float
) -> None:
    backoff = Backoff(attempt)
    assert backoff.delay_s(0.0) == 0.0
    assert backoff.delay_s(0.5) == ceiling_s / 2
    assert backoff.delay_s(0.999) == pytest.approx(0.999 * ceiling_s)


@given(CHANCES, st.integers(0, 10**9))
def test_it_never_gives_up_and_never_waits_longer_than_a_minute(
    chance: float, attempt: int
) -> None:
    assert 0.0 <= Backoff(attempt).delay_s(chance) < 60.0


@given(CHANCES, st.integers(0, 10**9))
def test_a_refused_token_is_tried_again_within_ten_seconds_but_not_before_the_server_wants(
    chance: float, attempt: int
) -> None:
    refused = cap_s(AuthenticationError("refused", code="401"))
    assert 0.0 <= Backoff(attempt).delay_s(chance, cap_s=refused) < 10.0
    assert Backoff(attempt).delay_s(chance, cap_s=refused, floor_s=70.0) == 70.0


def test_whoever_could_not_give_a_token_is_asked_as_seldom_as_others() -> None:
    assert cap_s(AuthenticationError("The access_token function took over 10 s.")) == 60.0
    assert cap_s(UnreachableError("No answer", code="503")) == 60.0


@pytest.mark.parametrize("code", sorted(POLITE_CLOSES))
@given(chance=CHANCES)
def test_after_a_polite_close_the_first_wait_is_spread_over_half_to_five_seconds(
    code: str, chance: float
) -> None:
    first = Backoff().failed()
    assert 0.5 <= first.delay_s(chance, code=code) <= 5.0
    assert first.delay_s(0.0, code=code) == 0.5
    assert first.delay_s(0.5, code=code) == 2.75


def test_the_polite_closes_are_stop_going_away_and_restart() -> None:
    assert {"1000", "1001", "1012"} == POLITE_CLOSES


@pytest.mark.parametrize("code", ["1006", "1011", "4000", None])
def test_other_closes_are_not_polite(code: str | None) -> None:
    assert Backoff(1).delay_s(0.0, code=code) == 0.0


@given(CHANCES)
def test_a_polite_close_that_repeats_is_no_longer_trusted(chance: float) -> None:
    second = _failed(2)
    assert second.delay_s(chance, code="1001") == second.delay_s(chance)


@given(CHANCES, st.integers(0, 100), st.floats(0, 1e6), st.sampled_from(["1001", "1006", None]))
def test_the_servers_own_wait_is_a_floor_even_above_the_cap(
    chance: float, attempt: int, floor_s: float, code: str | None
) -> None:
    backoff = Backoff(attempt)
    free_s = backoff.delay_s(chance, code=code)
    assert backoff.delay_s(chance, code=code, floor_s=floor_s) == max(free_s, floor_s)


def test_each_failure_counts() -> None:
    assert [_failed(times).attempt for times in range(4)] == [0, 1, 2, 3]


@pytest.mark.parametrize(("lived_s", "attempt"), [(0.0, 8), (59.9, 8), (60.0, 1), (9000.0, 1)])
def test_a_connection_that_held_for_a_minute_begins_the_count_anew(
    lived_s: float, attempt: int
) -> None:
    assert _failed(7).failed(lived_s=lived_s).attempt == attempt
