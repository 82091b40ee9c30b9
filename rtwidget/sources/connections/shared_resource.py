"""What several sources use together on one event loop: the first to need it makes it, the last to leave closes it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

T = TypeVar("T")


class Share(Generic[T]):
    """Something in common, counted by who uses it; its loop's thread only.

    Args:
        thing: What is shared.
    """

    def __init__(self, thing: T) -> None:
        self.thing = thing
        self.users = 0

    def leave(self) -> bool:
        """Stop to use it; returns whether nobody is left, so that the caller has to close it."""
        self.users -= 1
        return self.users == 0


class Sharing(Generic[T]):
    """What is in use now, on any loop; without its users nothing here keeps it."""

    def __init__(self) -> None:
        # Weak, because a loop that was closed with tables on it calls nobody back.
        self._shares: WeakValueDictionary[Hashable, Share[T]] = WeakValueDictionary()

    def join(self, name: Hashable, make: Callable[[], T]) -> Share[T]:
        """Begin to use what has a name on the running loop; `make` is called when nobody does yet."""
        key = (asyncio.get_running_loop(), name)
        share = self._shares.get(key)
        # One whose last user has left is being closed, so it is not joined again.
        if share is None or share.users == 0:
            share = self._shares[key] = Share(make())
        share.users += 1
        return share
