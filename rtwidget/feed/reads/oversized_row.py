"""A row that is too large to be read, named by its key."""

from __future__ import annotations

from rtwidget.errors import ReadTooLargeError
from rtwidget.replica.keys import Key

# A key may be a text of any length.
_SHOWN_CHARACTERS = 100


def oversized_row(names: tuple[str, ...], key: Key, error: ReadTooLargeError) -> ReadTooLargeError:
    """Return the error of one row (any thread).

    Args:
        names: The key columns.
        key: The row's key.
        error: What the server said of it.
    """
    parts = (
        f"{name} = {part!s:.{_SHOWN_CHARACTERS}}" for name, part in zip(names, key, strict=True)
    )
    return ReadTooLargeError(
        f"The row with {' and '.join(parts)} is too large to be read: {error.message}",
        "Name the columns without the large one by `columns=`, or leave the row out by `filter=`; it is tried again.",
        code=error.code,
    )
