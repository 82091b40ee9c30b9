"""What the oracle's runs need of a server, whichever source reads from it."""

from __future__ import annotations

from typing import Any, Protocol


class Target(Protocol):
    """Any thread, one at a time."""

    def arguments(self, user: str | None) -> dict[str, Any]:
        """Return how `live_table` reads as a user; None is the service role."""
        ...

    def announce(self, table: str) -> None:
        """Make a table announce its changes."""
        ...

    def fault(self, name: str, **arguments: Any) -> None:
        """Misbehave."""
        ...

    def catch_up(self) -> None:
        """Wait until what was committed before has met the faults of now."""
        ...

    def subscriptions(self) -> int:
        """Return how many listen."""
        ...

    def kill(self) -> None:
        """End it as a power failure would."""
        ...

    def start(self) -> None:
        """Start it again."""
        ...

    def stop(self) -> None:
        """End it."""
        ...
