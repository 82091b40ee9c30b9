"""How thoroughly Hypothesis searches, and the browser of the tests that need one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Two busy cores make single examples slow at times; the time-out of pytest is the limit that counts.
_CALM = settings(
    deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow], max_examples=100
)
settings.register_profile("ci", _CALM)
settings.register_profile("quick", _CALM, max_examples=25)
settings.register_profile("thorough", _CALM, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests that need one; they come last."""
    # Loaded here, because most processes of a run need no browser.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.chromium import launch_chromium  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests with a browser come last: playwright's loop in this thread would stop the asyncio tests after it."""
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))
