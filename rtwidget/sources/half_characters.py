"""Halves of characters: `json` columns keep the escape of half a surrogate pair, which no decoder takes as text."""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = b"\\ufdd0"
"""A code point that is reserved for the inside of programs, so no text should hold it."""
_ESCAPE: Final = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)"
)
_LONE_BYTES: Final = 6
_LONE: Final = re.compile(rb"\\u[dD][89a-fA-F]")


def marked(body: bytes) -> bytes | None:
    """Return JSON with a mark in the place of each escape of half a character, or None where there is none, or no mark is free (any thread)."""
    if _MARK in body.lower() or "\ufdd0".encode() in body:
        return None
    found = _ESCAPE.sub(_marked_one, body)
    return None if found == body else found


def unmarked(raw: bytes) -> bytes:
    """Return the JSON as it was (any thread)."""
    return raw.replace(_MARK, b"\\u")


def _marked_one(escape: re.Match[bytes]) -> bytes:
    text = escape[0]
    lone = len(text) == _LONE_BYTES and _LONE.match(text)
    return _MARK + text[2:] if lone else text
