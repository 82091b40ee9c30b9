"""What one small fault is, whichever library makes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small fault in one file.

    Args:
        path: The file, below the project's folder.
        line: The line that differs, counted from 1.
        kind: What sort of fault it is.
        before: The line as it was.
        after: The line as it is now.
        code: The whole file with the fault.
    """

    path: str
    line: int
    kind: str
    before: str
    after: str
    code: str


class Verdict(Enum):
    """What came of a mutant."""

    NOTICED = "noticed"
    TIMED_OUT = "noticed: the tests did not end"
    SURVIVED = "NOT NOTICED"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mutant that was tried.

    Args:
        room: Where it is.
        place: The file and the line.
        fault: What was changed.
        verdict: What came of it.
    """

    room: str
    place: str
    fault: str
    verdict: Verdict
