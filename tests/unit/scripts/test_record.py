"""A step that fails lets the others run, and the end lists all that failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.checks.record import Record, side_by_side
from scripts.checks.results import Results, read_results
from scripts.checks.steps import StepError

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="one" time="0.5">
  <properties><property name="seeds simulated" value="500"/></properties></testcase>
<testcase classname="tests.a" name="two" time="2.5"><failure message="no"/></testcase>
<testcase classname="tests.b" name="three" time="1.0"><error message="no"/></testcase>
<testcase classname="tests.b" name="four" time="0.0"><skipped message="no signals"/></testcase>
</testsuite></testsuites>"""


def fails() -> str:
    raise StepError("one.py:1: wrong")


@pytest.fixture
def results(tmp_path: Path) -> Results:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    return read_results(report)


def test_the_steps_after_one_that_fails_are_done(capsys: pytest.CaptureFixture[str]) -> None:
    record = Record()
    assert record.step("first", fails) is None
    assert record.step("second", lambda: "output") == "output"
    assert not record.ok
    shown = capsys.readouterr().out
    assert "one.py:1: wrong" in shown
    assert record.summary("all").endswith(
        "failed:\n  first\n\n0 tests, 0 skipped\n0 passed, 1 failed"
    )


def test_a_lane_goes_on_when_another_fails() -> None:
    record, done = Record(), list[str]()
    side_by_side(
        record,
        (lambda it: it.step("a", fails), lambda _: done.append("after a")),
        (lambda _: done.append("b"),),
    )
    assert sorted(done) == ["after a", "b"]
    assert record.failed_steps == ["a"]


def test_a_fault_in_a_step_fails_it_with_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    record = Record()
    assert record.step("broken", lambda: str(1 // 0)) is None
    assert record.failed_steps == ["broken"]
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_what_breaks_between_steps_is_raised() -> None:
    def broken(_record: Record) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        side_by_side(Record(), (broken,))


def test_a_report_tells_what_failed_how_long_it_took_and_what_was_counted(results: Results) -> None:
    assert (results.passed, results.skipped) == (1, 1)
    assert results.failed == ["tests.a::two", "tests.b::three"]
    assert results.slowest(2) == [("tests.a::two", 2.5), ("tests.b::three", 1.0)]
    assert results.counted == {"seeds simulated": 500}


def test_the_end_lists_every_test_that_failed(results: Results) -> None:
    record = Record()
    record.add(results)
    record.add(results)
    assert not record.ok
    summary = record.summary("all")
    assert "8 tests, 2 skipped, 1,000 seeds simulated" in summary
    assert summary.count("tests.a::two") == summary.count("tests.b::three") == 2
    assert summary.endswith("\n2 passed, 4 failed")


def test_a_run_that_ended_before_its_report_holds_no_test(tmp_path: Path) -> None:
    assert read_results(tmp_path / "none.xml") == Results()
