"""What every database can be sent as text."""

from __future__ import annotations

from typing import Final

NO_TEXT: Final = (
    "PostgreSQL has no character of the code zero, and half of a surrogate pair is none."
)
"""Why a Python text may be no text of a database; no retry would mend it."""


def can_be_sent(text: str) -> bool:
    """Return whether a Python text is one that a database can hold (any thread)."""
    if "\0" in text:
        return False
    try:
        # Half of a surrogate pair is legal in Python, and comes from names of files and from JSON.
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
