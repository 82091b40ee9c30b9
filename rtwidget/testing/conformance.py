"""The kit as one class to subclass."""

from __future__ import annotations

import pytest

from rtwidget.testing.harness import SourceHarness
from rtwidget.testing.key_conformance import KeyConformance
from rtwidget.testing.lifetime_conformance import LifetimeConformance
from rtwidget.testing.page_conformance import PageConformance
from rtwidget.testing.request_conformance import RequestConformance
from rtwidget.testing.stream_conformance import StreamConformance


# Its name does not begin with `Test`, so pytest does not run it where it is merely imported.
class SourceConformance(
    RequestConformance, PageConformance, KeyConformance, StreamConformance, LifetimeConformance
):
    """Every test of a source; subclass it under a name that begins with `Test`, and give it the fixture `harness`."""

    @pytest.fixture
    def harness(self) -> SourceHarness:
        """Return a harness over an empty table."""
        raise NotImplementedError(
            f"Give {type(self).__name__} a fixture `harness` that returns a `SourceHarness`."
        )
