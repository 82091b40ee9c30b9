"""Where runs take place: started once, used by every test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.oracle.lane import Lane, PostgresLane

LANES = 4
"""Runs at the same time: most of a run is waiting."""


@pytest.fixture(scope="session")
def lanes() -> Iterator[list[Lane]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Lane()) for _ in range(LANES)]


@pytest.fixture(scope="session")
def postgres_lanes() -> Iterator[list[Lane]]:
    with ExitStack() as stack:
        yield [stack.enter_context(PostgresLane()) for _ in range(LANES)]
