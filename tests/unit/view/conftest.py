"""What the tests of views start from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.view.page import Page


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # What is tested is what the page gets; the second pass of a new table would hold up each test for a second.
    monkeypatch.setattr("rtwidget.replica.budgets.PASS_GAP_S", 0.01)
    made = Page()
    yield made
    made.close()
