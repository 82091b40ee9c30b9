"""Objects that hold secrets, are made once and never change."""

from __future__ import annotations

from typing import NoReturn, Self

from rtwidget.errors import ArgumentError


class Immutable:
    """The base of what a user makes once to name a server; its attributes are set by `_fix` alone (any thread).

    A copy is the object itself, because nothing in it can change. It cannot be pickled, because it holds secrets.
    """

    __slots__: tuple[str, ...] = ()

    def _fix(self, **values: object) -> None:
        """Set the attributes, once, when it is made."""
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def _shown(self) -> str:
        """Return what may be seen of it."""
        raise NotImplementedError

    def __repr__(self) -> str:
        # Tracebacks that show variables also show one whose arguments were refused.
        made = all(hasattr(self, name) for name in type(self).__slots__)
        return self._shown() if made else f"<{type(self).__name__} that was refused>"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        self._refuse()

    def __delattr__(self, name: str) -> NoReturn:
        self._refuse()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        name = type(self).__name__
        raise TypeError(
            f"A {name} object holds secrets, so it cannot be pickled. Make it where it is used."
        )

    @staticmethod
    def _demand_switch(name: str, value: object) -> None:
        """Refuse what is neither on nor off: a text such as "no" would turn it on.

        Raises:
            ArgumentError: When it is neither.
        """
        if not isinstance(value, bool):
            raise ArgumentError(f"{name} is {value!r}.", f"Pass {name}=True or {name}=False.")

    def _refuse(self) -> NoReturn:
        name = type(self).__name__
        raise AttributeError(f"A {name} object cannot be changed. Make another one.")
