"""Which REST requests fail, and how many rows the others get."""

from __future__ import annotations

from rtwidget.local.faults.rest_faults import Failure, RestFaults

FAILURE = Failure(503, 2.0, "57P01")


def test_so_many_requests_fail_as_were_asked_for() -> None:
    faults = RestFaults()
    assert faults.take_failure() is None
    faults.fail(FAILURE, 2)
    assert [faults.take_failure() for _ in range(3)] == [FAILURE, FAILURE, None]


def test_what_is_cleared_fails_no_more() -> None:
    faults = RestFaults()
    faults.fail(FAILURE, 2)
    faults.cap(3)
    assert (faults.capped(10), faults.capped(2)) == (3, 2)
    faults.clear()
    assert faults.take_failure() is None
    assert faults.capped(10) == 10
