"""A backend on which nothing happens that a test did not ask for."""

from __future__ import annotations

import math
from dataclasses import replace

from rtwidget.local import LocalBackend, Settings


def steady_backend(settings: Settings | None = None) -> LocalBackend:
    """Return a backend that subscribes nobody again by itself.

    A minute after tables were made the server, as the real one, says "Subscribed" again on every
    channel. In tests that share a backend and make tables, that fell into whichever ran just then.
    """
    return LocalBackend(
        settings=replace(settings or Settings.prompt(), check_publication_s=math.inf)
    )
