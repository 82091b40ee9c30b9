"""A local Supabase-compatible backend on a real embedded Postgres, for demos and tests.

It is not for production: one process, no limits worth the name, keys made up at each start.
"""

from __future__ import annotations

from rtwidget.local.backend import LocalBackend
from rtwidget.local.backend_error import LocalBackendError
from rtwidget.local.faults.faults import Faults
from rtwidget.local.server_settings import Settings

__all__ = ["Faults", "LocalBackend", "LocalBackendError", "Settings"]
