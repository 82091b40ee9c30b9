"""One line of a report: what each kind of finding says of the table."""

from __future__ import annotations

from rtwidget.doctor.finding import (
    Finding,
    Verdict,
    ok,
    problem,
    refused,
    skipped,
    untried,
    warning,
)
from rtwidget.errors import RtwidgetError

ERROR = RtwidgetError("It is closed.", "Open it.")


def test_the_four_verdicts_are_words_that_a_program_compares_with() -> None:
    made = [ok("c", "s"), warning("c", "s"), problem("c", "s"), skipped("c", "s")]
    assert [one.verdict for one in made] == ["ok", "warning", "problem", "skipped"]
    assert {one.verdict for one in made} == set(Verdict)
    assert {(one.check, one.said, one.mend) for one in made} == {("c", "s", "")}


def test_what_mends_it_is_kept_apart() -> None:
    for make in (ok, warning, problem):
        assert make("c", "s", "`do`").mend == "`do`"


def test_an_error_is_a_problem_but_what_it_kept_from_being_looked_at_may_be_in_order() -> None:
    assert refused("c", ERROR) == Finding("c", Verdict.PROBLEM, "It is closed.", "Open it.")
    tried = untried("c", ERROR)
    assert (tried.verdict, tried.mend) == (Verdict.WARNING, "Open it.")
    assert tried.said == "It could not be tried: It is closed."
