"""What the first rows say, and which row may be touched."""

from __future__ import annotations

from rtwidget.doctor.checks.rows_checks import FirstRows, check_key, check_reads, check_rows
from rtwidget.doctor.finding import Verdict
from rtwidget.replica.schema import Column, Schema


def test_rows_that_a_service_key_does_not_see_are_not_there() -> None:
    none = FirstRows((), 1001, 0, None, 0.1)
    seen = check_rows("s", "t", none, "service_role", sees_all=True, looked_up=False)
    assert seen.verdict is Verdict.OK
    hidden = check_rows("s", "t", none, None, sees_all=False, looked_up=True)
    assert hidden.verdict is Verdict.WARNING
    assert check_reads(3.0).verdict is Verdict.WARNING


def test_a_key_of_a_type_that_is_written_in_two_ways_is_warned_of() -> None:
    schema = Schema((Column("at", "timestamptz"),), ("at",), exact_keys=False)
    assert check_key(schema, [("x",)], guessed=False).verdict is Verdict.WARNING
