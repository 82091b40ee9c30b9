"""A conformance kit: tests that hold any source to what `rtwidget.abc` promises. Needs `pip install 'rtwidget[testing]'`.

Say how your table is written to, and subclass::

    from rtwidget.testing import SourceConformance, SourceHarness

    class WeatherHarness(SourceHarness):
        def factory(self):
            return Weather("http://127.0.0.1:8000")

        async def put(self, number, text): ...       # insert or update a row, committed on return
        async def delete(self, number): ...

    class TestWeather(SourceConformance):
        @pytest.fixture
        def harness(self):
            return WeatherHarness()                  # over an empty table

Each test then runs on an event loop of its own. What a source says that it cannot do is skipped, and so is what the harness
does not arrange; `pytest -rs` lists it.
"""

try:
    # Looked for here, so that whoever lacks it is told what to install, and not which module of the kit failed.
    import pytest
except ImportError:
    raise ImportError(
        "rtwidget.testing needs the package pytest. Run `pip install 'rtwidget[testing]'`."
    ) from None

from rtwidget.testing.conformance import SourceConformance
from rtwidget.testing.harness import SourceHarness

__all__ = ["SourceConformance", "SourceHarness"]

# Nobody should take it from here for a part of the kit.
del pytest
