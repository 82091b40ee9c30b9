"""What the first rows say, and which row may be touched."""

from __future__ import annotations

from rtwidget.doctor.checks.rows_checks import FirstRows, judge_key, judge_reads, judge_rows
from rtwidget.doctor.finding import Verdict
from rtwidget.replica.schema import Column, Schema


def test_rows_that_a_service_key_does_not_see_are_not_there() -> None:
    none = FirstRows((), 1001, 0, None, 0.1)
    seen = judge_rows("s", "t", none, "service_role", sees_all=True, looked_up=False)
    assert seen.verdict is Verdict.OK
    hidden = judge_rows("s", "t", none, None, sees_all=False, looked_up=True)
    assert hidden.verdict is Verdict.WARNING
    assert judge_reads(3.0).verdict is Verdict.WARNING


def test_a_key_of_a_type_that_is_written_in_two_ways_is_warned_of() -> None:
    schema = Schema((Column("at", "timestamptz"),), ("at",), exact_keys=False)
    assert judge_key(schema, [("x",)], guessed=False).verdict is Verdict.WARNING
