"""Waits for a table end in what they waited for, or in a sentence."""

from __future__ import annotations

import pytest

from rtwidget.errors import NotReadyError
from rtwidget.widget.live_table import LiveTable


def test_a_wait_that_runs_out_says_what_did_not_happen(table: LiveTable) -> None:
    table.wait_ready()
    with pytest.raises(NotReadyError, match=r"within 0\.05 s; the table is live with 5 rows"):
        table.wait_for(lambda df: len(df) > 100, timeout=0.05)


def test_what_a_predicate_raises_is_the_callers_to_see(table: LiveTable) -> None:
    with pytest.raises(KeyError, match="nope"):
        table.wait_for(lambda df: df["nope"].any())
