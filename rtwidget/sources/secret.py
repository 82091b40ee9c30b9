"""A key or token that cannot be shown by accident."""

from __future__ import annotations

import hashlib
from typing import NoReturn, TypeVar

T = TypeVar("T")


class Secret:
    """Holds a key or token; everything but `reveal` shows `***` (any thread).

    Args:
        text: The key or token.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text; call it at the point of use and keep the result in no variable."""
        return self._text

    @property
    def digest(self) -> str:
        """A hash that tells two secrets apart without holding either."""
        # Pools and registries tell identities apart by it, and it may stand in a traceback.
        return hashlib.sha256(self._text.encode()).hexdigest()

    def __repr__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> NoReturn:
        # Pickles end up in caches and notebooks, and a deep copy of a frame's variables in error reports.
        raise TypeError("A secret cannot be pickled or copied.")


def veiled(value: T) -> T | Secret:
    """Return a text as a secret that says nothing, and anything else as it is; checks nothing, so it cannot fail."""
    return Secret(value) if isinstance(value, str) else value
