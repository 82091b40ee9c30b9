"""From what a user asked for to the source that reads it, and under which keys equal ones are shared (design section 8)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from rtwidget.abc.own_token import Identity
from rtwidget.abc.source_contract import Source


@dataclass(frozen=True, slots=True)
class ResolvedSource:
    """A source, and the key under which equal ones share a feed.

    Args:
        feed_key: Equal for equal queries of the same identity (design section 8).
        source: Reads as that identity while its token is lent, and raises `IdentityChangedError` when every token becomes another's.
        project: What shares one budget of reads: the server's address.
        stream_key: Equal for sources whose notifications are the same, whatever their filters; None when nobody else's are.
        identity: The table's own token, to be lent before the source is read; outlives the source. None when it can neither change nor end.
    """

    feed_key: Hashable
    source: Source
    project: Hashable = None
    stream_key: Hashable = None
    identity: Identity | None = None


class SourceRequest(Protocol):
    """What the user asked for, before it is known as whom: checked arguments, nothing contacted."""

    @property
    def title(self) -> str:
        """The table's name, for people."""
        ...

    async def resolve(self) -> ResolvedSource:
        """Fetch the token, and return the source for the identity that it names.

        Raises:
            AuthenticationError: When no token could be had.
        """
        ...
