"""The error of the local backend."""

from __future__ import annotations

from rtwidget.errors import RtwidgetError


class LocalBackendError(RtwidgetError):
    """The local backend could not be set up or used; the hint says what to change."""
