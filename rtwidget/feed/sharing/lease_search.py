"""Finding the feed that a table reads: as whom is asked first, for as long as only time is needed."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from rtwidget.abc import SourceRequest
from rtwidget.errors import (
    ErrorKind,
    RtwidgetError,
    SourceError,
    fault,
)
from rtwidget.feed.feed_listener import FeedListener
from rtwidget.feed.runtime.retry import Retry
from rtwidget.feed.sharing.registry import Lease, Registry
from rtwidget.feed.status import Status, utc
from rtwidget.replica.schedule.backoff import Backoff, cap_s
from rtwidget.replica.states.table_state import Problem, State

_log = logging.getLogger("rtwidget")


class LeaseSeeker(FeedListener, Protocol):
    """Who looks for a feed."""

    verify_every_s: float | None
    closed: bool

    def show(self, status: Status, error: RtwidgetError | None) -> None:
        """Tell everybody how it goes."""
        ...


async def find_lease(
    seeker: LeaseSeeker, request: SourceRequest, registry: Registry, retry: Retry
) -> Lease | None:
    """Return a lease of the feed that a request names, or None when only the user can help; loop thread only.

    Args:
        seeker: Told how it goes; the search ends when it is closed.
        request: What to read.
        registry: The feeds of the process.
        retry: The waits between attempts, which the user may cut short.
    """
    backoff = Backoff()
    while not seeker.closed:
        try:
            lease = await registry.attach(request, seeker, seeker.verify_every_s)
            if not lease.feed.ended:
                return lease
            # Its owner turned out to be somebody else just now.
            await registry.detach(lease)
        except SourceError as error:
            # Whoever a token names once it has changed on the way is asked anew.
            if error.kind not in (ErrorKind.TRANSIENT, ErrorKind.NEEDS_OTHER_IDENTITY):
                seeker.show(_with_error(State.FAILED, error), error)
                return None
            backoff = backoff.failed()
            floor_s, most_s = error.retry_after_s, cap_s(error)
            delay_s = backoff.delay_s(registry.chance(), floor_s=floor_s, cap_s=most_s)
            retry_at = registry.wall() + delay_s
            status = _with_error(State.CONNECTING, error)
            seeker.show(replace(status, attempt=backoff.attempt, retry_at=utc(retry_at)), error)
            await retry.wait(delay_s)
        except Exception as error:  # noqa: BLE001  (whatever it is, the user must hear of it)
            _log.error("A table could not be attached by a fault of rtwidget.", exc_info=error)
            seeker.show(_with_error(State.FAILED, fault(error)), fault(error))
            return None
    return None


def _with_error(state: State, error: RtwidgetError) -> Status:
    return Status(state, datetime.now(UTC), error=Problem(error.message, error.hint))
