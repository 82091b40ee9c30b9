"""What a table can be asked about its own token, apart from the rows that are read with it."""

from __future__ import annotations

import asyncio
from typing import Protocol


# Not a part of `Source`: tables that share a feed share one source, but each has a token of its own that can end.
class Identity(Protocol):
    """As whom a table reads, for as long as that can change; every method is called on the loop thread.

    Tables that read as the same identity share what they read, with the best token that any of them lends. Each is
    shown the rows only while its own token is good.
    """

    # An event, because the feed waits for it and for the next regular question at once.
    @property
    def doubt(self) -> asyncio.Event:
        """Set when there is a reason to ask at once, as a refusal is; whoever asks clears it."""
        ...

    @property
    def spared(self) -> bool:
        """Whether others can go on reading without this table's token."""
        ...

    def renew_in_s(self) -> float | None:
        """Return the seconds until it should be asked for again; None when it has no end."""
        ...

    async def lend(self) -> None:
        """Let its own source and those of others read with it, until `withdraw`.

        Raises:
            AuthenticationError: When it is no good, although others read as the same identity.
            SourceError: When nobody can tell.
        """
        ...

    def withdraw(self) -> None:
        """Let nobody read with it any more."""
        ...

    async def current(self, *, ask: bool = False) -> object:
        """Return it; with `ask` it is asked for in any case.

        Raises:
            IdentityChangedError: When it is somebody else now.
            AuthenticationError: When none is to be had, or when it is refused while others can read.
            SourceError: When nobody can tell.
        """
        ...
