"""What `live_table` takes about looks and pace, refused in a sentence before anything is started."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rtwidget.errors import ArgumentError

# Below the first, a header, a row and the status do not fit; above the second, it is a slip of the keyboard.
_LEAST_HEIGHT_PX = 80
_MOST_HEIGHT_PX = 100_000
# Each verifying read costs the database a pass over the table.
_LEAST_VERIFY_S = 1.0
# A picture ends at 64 kB anyway, which few tables fill with fewer rows.
_MOST_SAVED_ROWS = 500


def check_options(
    *,
    numeric: object,
    verify_every: object,
    height: object,
    saved_rows: object,
    formats: object,
    switches: Mapping[str, object],
) -> None:
    """Refuse options that cannot work (any thread); they are those of `live_table`.

    Args:
        numeric: What numbers with a fraction become.
        verify_every: The time between two verifying reads, in seconds.
        height: The height of the view, in px.
        saved_rows: How many rows are saved.
        formats: How numbers of columns are written.
        switches: What is on or off, by name: a text such as "no" would turn it on.

    Raises:
        ArgumentError: When one cannot work.
    """
    if numeric not in ("float", "decimal"):
        raise ArgumentError(
            f"numeric is {numeric!r}.", 'Pass numeric="float" or numeric="decimal".'
        )
    if verify_every is not None and not _is_number(verify_every, _LEAST_VERIFY_S, math.inf):
        raise ArgumentError(
            f"verify_every is {verify_every!r}.",
            f"Pass at least {_LEAST_VERIFY_S:g} second, or leave it out for a budget that follows the cost.",
        )
    if not _is_number(height, _LEAST_HEIGHT_PX, _MOST_HEIGHT_PX):
        raise ArgumentError(
            f"height is {height!r}.",
            f"Pass a number of pixels from {_LEAST_HEIGHT_PX} to {_MOST_HEIGHT_PX:,}.",
        )
    if not (isinstance(saved_rows, int) and _is_number(saved_rows, 0, _MOST_SAVED_ROWS)):
        raise ArgumentError(
            f"saved_rows is {saved_rows!r}.", f"Pass a whole number from 0 to {_MOST_SAVED_ROWS}."
        )
    if formats is not None and not isinstance(formats, Mapping):
        raise ArgumentError(
            # Only its type is told: what stands in a wrong place may be a key.
            f"formats is of the type {type(formats).__name__}, which gives no column a format.",
            'Pass a mapping such as formats={"amount": ",.2f"}.',
        )
    for name, value in switches.items():
        if not isinstance(value, bool):
            raise ArgumentError(f"{name} is {value!r}.", f"Pass {name}=True or {name}=False.")


def _is_number(value: object, least: float, most: float) -> bool:
    """Whether a value is a number that JSON has, within bounds; True and False are none."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and least <= value <= most  # type: ignore[arg-type,operator]
