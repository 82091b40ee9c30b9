"""The demo's backend inside a notebook: for when no project is at hand."""

from __future__ import annotations

import atexit
import os
from contextlib import ExitStack

from rtwidget.local.backend import LocalBackend
from rtwidget.local.demo.demo_table import create_demo
from rtwidget.local.demo.demo_writer import DemoWriter

_DSN = "RTWIDGET_DEMO_DSN"


class Playground:
    """A local backend with the demo's table, kept busy; its address and key stand in the environment.

    Any thread. Ends with `close`, or with the interpreter.

    Args:
        rate_per_s: How many changes the writer makes in a second.
    """

    def __init__(self, rate_per_s: float = 5.0) -> None:
        self._stack = ExitStack()
        self.backend = self._stack.enter_context(LocalBackend())
        create_demo(self.backend.dsn)
        self._stack.enter_context(DemoWriter(self.backend.dsn, rate_per_s))
        # The names that `live_table` reads where it is given no address and key.
        os.environ["SUPABASE_URL"] = self.backend.url
        os.environ["SUPABASE_ANON_KEY"] = self.backend.anon_key
        os.environ[_DSN] = self.backend.dsn
        # A kernel that is shut down leaves no writer behind.
        atexit.register(self.close)

    def close(self) -> None:
        """Stop the writer and the backend; twice is once."""
        self._stack.close()


def ensure_playground() -> None:
    """Start a playground where `rtwidget demo`, or an earlier call, has not started one. Any thread."""
    if _DSN not in os.environ:
        Playground()
