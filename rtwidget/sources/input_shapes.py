"""What people paste where something else was wanted: shapes that the arguments of every source meet. Pure.

What is said of a text holds none of it, since a key or a password may stand in any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

QUOTES = "\"'`\u201c\u201d\u2018\u2019"
"""Those that stand around a copied text, of code and of prose."""
POSTGRES_URL = r"postgres(?:ql)?(?:\+\w+)?://"
"""How a connection string begins; SQLAlchemy's names the driver."""


class Shape(NamedTuple):
    """A text that is something else than was asked for.

    Args:
        looks: A regular expression that is found in it, whatever the case; what its groups find is filled into the hint.
        hint: What to do.
        is_what: What follows the argument's name; empty where that is said elsewhere.
    """

    looks: str
    hint: str
    is_what: str = ""


def first_shape(text: str, shapes: Iterable[Shape]) -> tuple[Shape, re.Match[str]] | None:
    """Return the first shape that a text has, and where; None where it has none (any thread)."""
    for shape in shapes:
        found = re.search(shape.looks, text, re.IGNORECASE)
        if found is not None:
            return shape, found
    return None
