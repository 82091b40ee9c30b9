"""What a table can be asked about its own token, apart from the rows that are read with it."""

from __future__ import annotations

from typing import Protocol


class Identity(Protocol):
    """As whom a source reads, for as long as that can change."""

    def renew_in_s(self) -> float | None:
        """Return the seconds until it should be asked for again; None when it has no end."""
        ...

    async def current(self, *, ask: bool = False) -> object:
        """Return it; with `ask` it is asked for in any case.

        Raises:
            IdentityChangedError: When it is somebody else now.
            AuthenticationError: When nobody can tell.
        """
        ...
