"""What Realtime sockets and channels use of the backend: they are given it, and import no server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from rtwidget.local.tokens import read_token

if TYPE_CHECKING:
    from rtwidget.local.faults.faults import Faults
    from rtwidget.local.postgres.database import Database
    from rtwidget.local.realtime.subscriptions import Subscriptions
    from rtwidget.local.server_settings import Settings


class CaptureState(Protocol):
    """Whether change capture runs, as far as Realtime has to know; on the server's event loop."""

    @property
    def is_running(self) -> bool:
        """Whether it polls or tries to."""
        ...

    async def until_running(self) -> None:
        """Start it if it has ended, and wait until it can take subscriptions."""
        ...


@dataclass(frozen=True, slots=True)
class RealtimeServices:
    """Everything that the sockets of one server share. Belongs to the server's event loop.

    Args:
        secret: Key of the tokens' signatures.
        database: Where policies, tables and publications are looked up.
        subscriptions: Who is told of changes.
        settings: Delays and caps, read at each use.
        faults: What goes wrong on request.
        capture: Change capture, without which nobody can subscribe.
    """

    secret: str
    database: Database
    subscriptions: Subscriptions
    settings: Settings
    faults: Faults
    capture: CaptureState

    def claims(self, token: str, key: str) -> dict[str, Any]:
        """Return the claims of a token; the project's key itself does not go stale.

        Args:
            token: What the client acts with.
            key: The key its socket was opened with.

        Raises:
            TokenError: The token is refused.
        """
        # Only tokens of users expire on request; the key is the project's.
        valid_from = 0.0 if token == key else self.faults.tokens_valid_from
        return read_token(token, self.secret, valid_from=valid_from)
