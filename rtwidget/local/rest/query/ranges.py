"""Which rows are wanted: `limit`, `offset` and the header `Range`, as PostgREST puts them together. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rtwidget.local.rest.rest_errors import RestError

_HEADER = re.compile(r"([0-9]+)-([0-9]*)")
_NUMBER = re.compile(r"\s*(-?[0-9]+)\s*")
# The last row of `limit=0` from row 0.
_LAST_OF_NONE = -1


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows counted from 0, `last` included; None is no end."""

    first: int = 0
    last: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there can be none in it."""
        return self.last is not None and self.last < self.first

    @property
    def limit(self) -> int | None:
        """The number of rows, None for all."""
        return None if self.last is None else self.last - self.first + 1

    def within(self, other: Rows) -> Rows:
        """Return the rows that are in both."""
        # The earlier end counts, and no end is the latest.
        ends = [end for end in (self.last, other.last) if end is not None]
        return Rows(max(self.first, other.first), min(ends) if ends else None)


def wanted_rows(limit: str | None, offset: str | None, header: str | None) -> Rows:
    """Put the three together.

    Args:
        limit: The parameter; what is no number counts as none.
        offset: The parameter.
        header: The header, for a GET only.

    Raises:
        RestError: PGRST103.
    """
    by_header = _of_header(header)
    by_parameters = _of_parameters(_number(limit), _number(offset), limit, offset)
    if by_parameters.last == _LAST_OF_NONE:
        return Rows(0, _LAST_OF_NONE)  # `limit=0` is the only empty range that is allowed
    both = by_header.within(by_parameters)
    if both.is_empty:
        details = (
            "The lower boundary must be lower than or equal to the upper boundary in the Range header."
            if by_header.is_empty
            else "Limit should be greater than or equal to zero."
        )
        raise RestError(416, "PGRST103", "Requested range not satisfiable", details)
    return both


def offset_beyond_end(offset: int, total: int) -> RestError:
    """Refuse an offset that lies behind the last of a counted number of rows."""
    return RestError(
        416,
        "PGRST103",
        "Requested range not satisfiable",
        f"An offset of {offset} was requested, but there are only {total} rows.",
        headers={"Content-Range": f"*/{total}"},
    )


def content_range(first: int, count: int, total: int | None) -> str:
    """Write the header `Content-Range`.

    Args:
        first: The first row's number.
        count: The number of rows.
        total: Of how many; None when nobody asked.
    """
    rows = f"{first}-{first + count - 1}" if count > 0 and total != 0 else "*"
    return f"{rows}/{'*' if total is None else total}"


def _of_header(header: str | None) -> Rows:
    found = _HEADER.fullmatch(header or "")
    if found is None:
        return Rows()
    return Rows(int(found[1]), int(found[2]) if found[2] else None)


def _of_parameters(
    limit: int | None, offset: int | None, limit_text: str | None, offset_text: str | None
) -> Rows:
    if offset_text is None:
        return Rows(0, None if limit is None else limit - 1)
    first = offset or 0
    if limit_text is None:
        return Rows(first)
    # A limit that is no number counts as 0 beside an offset.
    return Rows(first, first + (limit or 0) - 1)


def _number(text: str | None) -> int | None:
    found = _NUMBER.fullmatch(text or "")
    return int(found[1]) if found else None
