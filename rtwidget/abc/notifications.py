"""What a source's stream says. Nothing that it carries is ever stored: it says what to read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rtwidget.replica.keys import Key


@dataclass(frozen=True, slots=True)
class Live:
    """The server said that changes are announced from now on.

    Args:
        ends_with_connection: Whether announcements cannot end while the connection stays; else a quiet one may be dead.
    """

    # False unless a source knows better: a subscription can die behind a socket that stays open (SPEC.md, A5).
    ends_with_connection: bool = False


@dataclass(frozen=True, slots=True)
class Notification:
    """Something happened to these rows: each will be read again, whatever happened.

    Naming too much costs a read; naming too little leaves an old row until the next pass. So a notification may come
    twice, late, or for a row that the query does not have, and it says nothing about values.

    Args:
        keys: The rows it names, old and new keys of an update both, spelled as reads spell them (see `Schema.exact_keys`).
        everything: True when it could not name them (TRUNCATE, too many), so that only a pass over all rows helps.
        committed_at: When the change was committed, in Unix seconds by the server's clock, if it said; for the lag on screen.
    """

    keys: tuple[Key, ...] = ()
    everything: bool = False
    # Never compared with our own clock as it is: the feed estimates how far the two are apart.
    committed_at: float | None = None


Event: TypeAlias = Live | Notification
