"""What a table has, to be read from any thread of the process that made it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from rtwidget.abc import SourceRequest
from rtwidget.errors import RtwidgetError
from rtwidget.feed.runtime.signal import Signal
from rtwidget.feed.sharing.attachment import Attachment
from rtwidget.feed.sharing.ownership import Ownership
from rtwidget.feed.sharing.registry import Registry
from rtwidget.feed.stats import Stats
from rtwidget.feed.status import Status
from rtwidget.store.kept_rows import KeptRows
from rtwidget.store.rows import KeyedRows
from rtwidget.store.snapshot import Snapshot


class TakenSnapshot(NamedTuple):
    """Rows as they stood, and whose they were: after a reset the rows of a table are another object."""

    source: object
    snapshot: Snapshot


class ReadableTable:
    """The reading half of `TableHandle`: in a forked process, everything but `title` and `status` raises `ForkedError`.

    Args:
        request: What to read; checked arguments.
        registry: The feeds of the process.
        verify_every_s: The user's interval between passes, or None.
    """

    def __init__(
        self, request: SourceRequest, registry: Registry, verify_every_s: float | None
    ) -> None:
        self.title = request.title
        self.ownership = Ownership(request.title)
        self._request = request
        # Only through the property, because in a forked process it stands still, and its locks may be held for ever.
        self._attached = Attachment(request, registry, verify_every_s)

    @property
    def _attachment(self) -> Attachment:
        self.ownership.demand()
        return self._attached

    @property
    def request(self) -> SourceRequest:
        """What is read."""
        self.ownership.demand()
        return self._request

    @property
    def status(self) -> Status:
        """The situation now, also in a forked process, where it is an end."""
        return self.ownership.status(self._attached.status)

    @property
    def error(self) -> RtwidgetError | None:
        """What is wrong now, to be raised."""
        return self._attachment.error

    @property
    def signal(self) -> Signal:
        """Rises with every change of rows or situation."""
        return self._attachment.signal

    @property
    def stats(self) -> Stats:
        """What the feed has cost and done so far."""
        return self._attachment.stats

    def snapshot(self) -> Snapshot:
        """Return the rows as they stand, or stood when the table was paused or closed."""
        return self._attachment.snapshot()

    def rows_now(self) -> KeptRows | KeyedRows:
        """Return the same rows for looking up by key, loop thread only; schema and kinds from any thread."""
        return self._attachment.rows_now()

    def take_snapshot(self) -> TakenSnapshot:
        """Return the rows as they stand, whole or not."""
        return TakenSnapshot(self.rows_now(), self.snapshot())

    def take_verified_snapshot(self, since: datetime | None) -> TakenSnapshot | None:
        """Return the rows as they stand, or None if they were not verified, or not since then."""
        # In this order: a reset takes back that the rows are verified, and then the rows.
        source, verified_at = self.rows_now(), self.status.verified_at
        if verified_at is None or (since is not None and verified_at < since):
            return None
        taken = TakenSnapshot(source, self.snapshot())
        return taken if self.rows_now() is source else None
