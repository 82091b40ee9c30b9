"""`import rtwidget` stays light: what only a widget needs is loaded by the first table."""

from __future__ import annotations

import subprocess
import sys

LOADED = "import rtwidget, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"


def test_importing_the_package_loads_no_jupyter_and_no_local_backend() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    loaded = set(answer.stdout.split())
    assert "rtwidget" in loaded
    assert not loaded & {"IPython", "ipywidgets", "anywidget", "aiohttp", "psycopg", "supabase"}
