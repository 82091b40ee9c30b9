"""What a pass has cost: its attempts, however they ended, and not the waits between them."""

from __future__ import annotations

import pytest

from rtwidget.errors import UnreachableError
from rtwidget.feed.passes.pass_progress import PassProgress
from rtwidget.replica.reads_in_flight import Pass


def test_attempts_add_up_without_the_waits_between_them_also_where_they_fail() -> None:
    progress = PassProgress(Pass(1), began=100.0, began_wall=0.0, scheduled=True)
    times = iter([100.0, 103.0, 160.0, 160.5])
    with pytest.raises(UnreachableError), progress.attempt(times.__next__):
        raise UnreachableError("Nobody answers.")
    assert progress.spent_s == 3.0
    with progress.attempt(times.__next__):
        assert progress.spent_s == 3.0
    assert progress.spent_s == 3.5
