"""How a view shows the values of a column: formats of numbers, and colours by value."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Self
from uuid import uuid4

import traitlets

from rtwidget.errors import ArgumentError
from rtwidget.view.browser_text.number_format import EXACT, NUMBER_FORMAT

Colouring = Literal["bar", "heat"]
TONES: Final = ("good", "warn", "bad", "info", "muted")
"""Colours that fit the notebook's theme, light or dark."""
_FORMAT: Final = re.compile(f"{NUMBER_FORMAT}|{EXACT}")
# Nothing that CSS could read as more than a colour, such as url(...) or a semicolon.
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,30}")


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """How a table is shown.

    Args:
        height: The height of the view, in px.
        saved_rows: How many rows are saved with the cell's output, for whoever reads the notebook without its kernel.
        formats: How numbers of a column are written, in the manner of d3, or "exact" for every digit.
        follow: Whether the last rows stay in sight while more come.
    """

    height: int = 400
    saved_rows: int = 100
    formats: Mapping[str, str] = field(default_factory=dict)
    follow: bool = False


class DisplaySettings(traitlets.HasTraits):
    """The half of `LiveTable` that says how its views look."""

    settings = traitlets.Dict(read_only=True).tag(sync=True)

    def style(
        self,
        column: str,
        how: Colouring | Mapping[Any, str] | None,
        *,
        low: float | None = None,
        high: float | None = None,
    ) -> Self:
        """Colour the cells of a column by their values, in every view; a later style of the column replaces this one.

        Args:
            column: The column's name.
            how: "bar" or "heat" for numbers; or a colour for each value, such as {"pending": "warn", "failed": "bad"}: one of
                good, warn, bad, info and muted, which fit the theme, or a colour of CSS. None for no style.
            low: The number that has the least colour, or None for the least one seen.
            high: The number that has the most, or None for the greatest one seen.

        Raises:
            ArgumentError: When the style cannot work.
        """
        if not isinstance(column, str):
            raise ArgumentError(
                f"column is {column!r}.", 'Pass a column\'s name, such as "status".'
            )
        styles = {name: style for name, style in self.settings["styles"].items() if name != column}
        if how is not None:
            styles[column] = value_style(how, low, high)
        # Another dict each time: of one that changed in place, traitlets would tell nobody.
        self.set_trait("settings", {**self.settings, "styles": styles})
        return self


def first_settings(title: str, options: ViewOptions) -> dict[str, Any]:
    """Return the settings that the views of a table begin with."""
    formats = checked_formats(options.formats)
    height, follow = options.height, options.follow
    return {
        # By it the browser finds again how somebody arranged the columns.
        "id": uuid4().hex,
        "title": title,
        "height": height,
        "follow": follow,
        "formats": formats,
        "styles": {},
    }


def checked_formats(formats: Mapping[str, str] | None) -> dict[str, str]:
    """Return formats that the browser can read.

    Args:
        formats: For each column one such as ",.2f".

    Raises:
        ArgumentError: When one is none.
    """
    if formats is not None and not isinstance(formats, Mapping):
        raise ArgumentError(
            f"formats is {formats!r}.", 'Name the columns, such as formats={"amount": ",.2f"}.'
        )
    for column, spec in (formats or {}).items():
        if not (isinstance(spec, str) and _FORMAT.fullmatch(spec)):
            raise ArgumentError(
                f"The format {spec!r} of column {column!r} cannot be read.",
                'Pass one such as ",.2f", "$,.2f", "+.1%", ",d" or "s"; or "exact" for every digit.',
            )
    return dict(formats or {})


def value_style(
    how: Colouring | Mapping[Any, str], low: float | None, high: float | None
) -> dict[str, Any]:
    """Return a style as the browser gets it.

    Args:
        how: "bar", "heat", or a colour for each value.
        low: The value that has the least colour, or None for the least one seen.
        high: The value that has the most, or None for the greatest one seen.

    Raises:
        ArgumentError: When it cannot work.
    """
    if isinstance(how, Mapping):
        for colour in how.values():
            if not (isinstance(colour, str) and _COLOUR.fullmatch(colour)):
                raise ArgumentError(
                    f"{colour!r} is no colour.",
                    f"Pass one of {', '.join(TONES)}, a name such as orange, or #rrggbb.",
                )
        return {"kind": "values", "tones": {_text(value): how[value] for value in how}}
    if how not in ("bar", "heat"):
        raise ArgumentError(
            f"The style {how!r} is not known.",
            'Pass "bar", "heat", or a colour for each value, such as {"failed": "bad"}.',
        )
    for name, bound in (("low", low), ("high", high)):
        if bound is not None and not (isinstance(bound, int | float) and math.isfinite(bound)):
            raise ArgumentError(f"{name} is {bound!r}.", f"Pass a number, or leave out {name}=.")
    if low is not None and high is not None and low >= high:
        raise ArgumentError(f"low is {low!r} and high is {high!r}.", "Pass a low below the high.")
    return {"kind": how, "low": low, "high": high}


def _text(value: object) -> str:
    # As JavaScript writes truth values.
    return str(value).lower() if isinstance(value, bool) else str(value)
