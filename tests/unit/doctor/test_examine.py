"""From a request to a report, also for a source that has no checks."""

from __future__ import annotations

import asyncio

from rtwidget.abc import ResolvedSource
from rtwidget.doctor.examine import examine
from rtwidget.doctor.finding import Verdict


class Elsewhere:
    """A request to a source that the doctor does not know."""

    title = "t"

    async def resolve(self) -> ResolvedSource:
        raise AssertionError("Nothing is asked of it.")


def test_a_source_without_checks_says_so() -> None:
    report = asyncio.run(examine(Elsewhere()))
    assert report["source"].verdict is Verdict.SKIPPED
    assert "rtwidget" in report["versions"].said
