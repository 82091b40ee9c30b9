"""Asks a table's own token whom it names, because the rows that it shares are read with another table's (design section 8)."""

from __future__ import annotations

from rtwidget.errors import ErrorKind, SourceError
from rtwidget.feed.state import FeedState, Listener
from rtwidget.replica.budgets import IDENTITY_ASKED_S
from rtwidget.replica.lifecycle import Hold
from rtwidget.sources.identity import Identity


async def watch_identity(identity: Identity, listener: Listener, state: FeedState) -> None:
    """Tell a listener when its token names somebody else, or when none is to be had; loop thread only.

    Args:
        identity: The listener's own token.
        listener: Who goes to another feed then.
        state: Of the feed that is shared; while it rests nobody is asked.
    """
    least_s, most_s = IDENTITY_ASKED_S
    while True:
        renew_in_s = identity.renew_in_s()
        wait_s = most_s if renew_in_s is None else min(most_s, renew_in_s)
        await state.ask_identities.wait(max(least_s, wait_s))
        if state.lifecycle.hold is Hold.PAUSED:
            continue
        try:
            await identity.current(ask=True)
        except SourceError as error:
            if error.kind is not ErrorKind.TRANSIENT:
                listener.identity_changed()
                return
