"""What a live table says to whoever copies or pickles it: it is one tie to its rows, and `t.df` is the copy."""

from __future__ import annotations

from typing import Any, NoReturn

from rtwidget.errors import ArgumentError


class CopyRefusal:
    """Refuses to be copied, and to be sent to another process, as workers that are not forked would have it."""

    def __copy__(self) -> NoReturn:
        raise _no_copy()

    def __deepcopy__(self, _memo: dict[int, Any]) -> NoReturn:
        raise _no_copy()

    # Whatever sends objects to other processes asks for this.
    def __reduce__(self) -> NoReturn:
        raise ArgumentError(
            "A live table cannot be pickled or sent to another process.",
            "Pass `t.df` to it, or call `live_table(...)` there.",
        )


def _no_copy() -> ArgumentError:
    return ArgumentError(
        "A live table cannot be copied: there would be two that change alike.",
        "Take `t.df`, which keeps its rows as they are now, or call `live_table(...)` again.",
    )
