"""What the tests of views start from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.view.page import Page


@pytest.fixture
def page() -> Iterator[Page]:
    made = Page()
    yield made
    made.close()
