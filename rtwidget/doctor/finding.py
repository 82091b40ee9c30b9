"""One line of a report: what was looked at, how it stands, what that means, what mends it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rtwidget.errors import RtwidgetError


# Words that a program can compare with, as in `report["rows"].verdict == "ok"`.
class Verdict(StrEnum):
    """How one check stands."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Args:
        check: What was looked at.
        verdict: How it stands.
        said: What that means, in sentences.
        mend: What to do about it, with the SQL or setting in backticks; empty when there is nothing to do.
    """

    check: str
    verdict: Verdict
    said: str
    mend: str = ""


def ok(check: str, said: str, mend: str = "") -> Finding:
    """Return a finding that needs nobody."""
    return Finding(check, Verdict.OK, said, mend)


def warning(check: str, said: str, mend: str = "") -> Finding:
    """Return a finding that may explain what somebody wonders about."""
    return Finding(check, Verdict.WARNING, said, mend)


def problem(check: str, said: str, mend: str = "") -> Finding:
    """Return a finding because of which the table cannot be live."""
    return Finding(check, Verdict.PROBLEM, said, mend)


def skipped(check: str, why: str) -> Finding:
    """Return a finding of a check that could not be made, or that nobody asked for."""
    return Finding(check, Verdict.SKIPPED, why)


def refused(check: str, error: RtwidgetError) -> Finding:
    """Return the finding that an error is."""
    return problem(check, error.message, error.hint)


def untried(check: str, error: RtwidgetError) -> Finding:
    """Return the finding of a check that an error kept from being made."""
    # No problem: what could not be looked at may well be in order.
    return warning(check, f"It could not be tried: {error.message}", error.hint)
