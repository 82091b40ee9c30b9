"""The search for a feed goes on for as long as only time is needed, and says how it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest

from rtwidget.abc import SourceRequest
from rtwidget.errors import (
    AuthenticationError,
    IdentityChangedError,
    PermissionDeniedError,
    RtwidgetError,
    UnreachableError,
)
from rtwidget.feed.feed import Feed
from rtwidget.feed.feed_listener import FeedListener
from rtwidget.feed.runtime.retry import Retry
from rtwidget.feed.sharing.lease_search import find_lease
from rtwidget.feed.sharing.registry import Lease, Registry
from rtwidget.feed.status import Status, utc
from rtwidget.replica.states.table_state import State
from tests.unit.feed.bench import Server, ServerRequest
from tests.unit.feed.listener import Ear
from tests.unit.feed.virtual import played

FOUND, ENDED = "found", "ended"
Answer = Exception | str
"""What an attempt fails of, or what becomes of the feed that it finds."""


class Scripted(Registry):
    """Answers attempts one after the other."""

    def __init__(self, *answers: Answer, before: Callable[[], None] = lambda: None) -> None:
        super().__init__(wall=lambda: 1_000.0, chance=lambda: 1.0)
        self.answers = list(answers)
        self.given_back: list[Lease] = []
        self._before = before

    async def attach(
        self, request: SourceRequest, listener: FeedListener, verify_every_s: float | None
    ) -> Lease:
        self._before()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        feed = cast("Feed", SimpleNamespace(ended=answer is ENDED))
        return Lease((request, verify_every_s), feed, listener)

    def detach(self, lease: Lease) -> asyncio.Future[None]:
        self.given_back.append(lease)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done


class Seeker(Ear):
    """Keeps what it is shown."""

    verify_every_s: float | None = 7.0
    closed = False

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[Status, RtwidgetError | None]] = []

    def show(self, status: Status, error: RtwidgetError | None) -> None:
        self.shown.append((status, error))


def search(seeker: Seeker, registry: Registry, retry: Retry | None = None) -> tuple[bool, float]:
    """Return whether a feed was found, and how long that took, in seconds."""

    async def run() -> tuple[bool, float]:
        clock = asyncio.get_running_loop().time
        began, request = clock(), ServerRequest(Server())
        lease = await find_lease(seeker, request, registry, retry or Retry())
        assert lease is None or (lease.listener is seeker and lease.key == (request, 7.0))
        return lease is not None, clock() - began

    return played(run)


def test_what_time_mends_is_tried_again_and_shown_with_its_next_attempt() -> None:
    first = UnreachableError("Nobody answers.", "Wait.", retry_after_s=60.0)
    second = IdentityChangedError("Somebody else.")
    seeker = Seeker()
    found, took_s = search(seeker, Scripted(first, second, FOUND))
    assert found
    assert took_s >= 60.0
    statuses = [status for status, _ in seeker.shown]
    assert [error for _, error in seeker.shown] == [first, second]
    assert [status.state for status in statuses] == [State.CONNECTING] * 2
    assert [status.attempt for status in statuses] == [1, 2]
    assert statuses[0].retry_at == utc(1_060.0)
    assert statuses[0].error is not None
    assert (statuses[0].error.message, statuses[0].error.hint) == ("Nobody answers.", "Wait.")


@pytest.mark.parametrize(
    "error", [PermissionDeniedError("No.", "Grant it."), AuthenticationError("No.", "Sign in.")]
)
def test_what_needs_the_user_is_shown_as_failed_and_not_tried_again(error: RtwidgetError) -> None:
    seeker, registry = Seeker(), Scripted(error, FOUND)
    assert search(seeker, registry) == (False, 0.0)
    assert registry.answers == [FOUND]
    ((status, shown),) = seeker.shown
    assert (status.state, shown) == (State.FAILED, error)


def test_a_fault_of_our_own_is_logged_and_shown(caplog: pytest.LogCaptureFixture) -> None:
    seeker = Seeker()
    assert search(seeker, Scripted(ZeroDivisionError("oops"))) == (False, 0.0)
    ((status, error),) = seeker.shown
    assert status.state is State.FAILED
    assert "ZeroDivisionError" in str(error)
    assert any(record.exc_info for record in caplog.records)


def test_a_feed_that_has_just_ended_is_given_back_and_another_looked_for() -> None:
    seeker, registry = Seeker(), Scripted(ENDED, FOUND)
    assert search(seeker, registry) == (True, 0.0)
    assert [lease.feed.ended for lease in registry.given_back] == [True]
    assert seeker.shown == []


def test_a_table_that_is_closed_meanwhile_looks_no_further() -> None:
    seeker = Seeker()

    def close() -> None:
        seeker.closed = True

    registry = Scripted(UnreachableError("Nobody answers."), FOUND, before=close)
    assert search(seeker, registry)[0] is False
    assert registry.answers == [FOUND]
    assert search(seeker, registry) == (False, 0.0)


def test_the_user_may_cut_a_wait_short() -> None:
    retry = Retry()

    class Impatient(Seeker):
        def show(self, status: Status, error: RtwidgetError | None) -> None:
            super().show(status, error)
            asyncio.get_running_loop().call_later(1.0, retry.now)

    error = UnreachableError("Nobody answers.", retry_after_s=60.0)
    assert search(Impatient(), Scripted(error, FOUND), retry) == (True, 1.0)
