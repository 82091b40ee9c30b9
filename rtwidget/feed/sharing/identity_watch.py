"""Asks a table's own token whom it names and whether it is still good, because its rows may be read with another's (design section 8)."""

from __future__ import annotations

from rtwidget.abc import Identity
from rtwidget.errors import ErrorKind, IdentityChangedError, SourceError
from rtwidget.feed.feed_listener import FeedListener
from rtwidget.feed.state import FeedState
from rtwidget.replica.budgets import IDENTITY_ASKED_S
from rtwidget.replica.states.lifecycle import Hold


async def watch_identity(identity: Identity, listener: FeedListener, state: FeedState) -> None:
    """Tell a listener when its token names somebody else, or is no good while others go on; loop thread only.

    When nobody else's is good, the reads fail and the feed says so.

    Args:
        identity: The listener's own token.
        listener: Who goes to another feed then, or fails.
        state: Of the feed that is shared; while it rests nobody is asked.
    """
    least_s, most_s = IDENTITY_ASKED_S
    while True:
        failed = state.lifecycle.hold is Hold.FAILED
        renew_in_s = None if failed else identity.renew_in_s()
        renews = renew_in_s is not None and renew_in_s < most_s
        wait_s = renew_in_s if renew_in_s is not None and renews else most_s
        asked = await state.ask_identities.wait(max(least_s, wait_s), identity.doubt)
        identity.doubt.clear()
        if state.lifecycle.hold is Hold.PAUSED:
            continue
        try:
            # What only has to be renewed in time may have been renewed by a read.
            await identity.current(ask=asked or not renews)
        except IdentityChangedError:
            listener.identity_changed()
            return
        except SourceError as error:
            if error.kind is not ErrorKind.TRANSIENT and identity.spared:
                listener.token_refused(error)
                return
