"""What a refused request's body says: PostgREST's JSON, a gateway's own, a page, or plain words. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

MOST_CHARACTERS = 300
"""A sentence of this length can be read; a body may be a whole page, or hold what nobody should see."""
_CODE = re.compile(r"[\w.:-]{1,60}")
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
# As the servers and the gateways in between call them, the most telling first.
_MESSAGES = ("message", "msg", "error_description", "error", "detail", "title", "reason")
_HINTS = ("hint", "error_hint")
_CODES = ("code", "error_code", "status")
_READ_BYTES = 100_000
_WORDS_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an answer, never the whole of it.

    Args:
        code: Its own code as text; None without one.
        message: What happened; empty when it does not say.
        hint: What it advises; empty when it does not say.
        is_page: Whether it is a page for browsers.
        is_json: Whether it is JSON.
    """

    code: str | None = None
    message: str = ""
    hint: str = ""
    is_page: bool = False
    is_json: bool = False


def said_in(body: bytes) -> Said:
    """Return what a body says (any thread)."""
    start = body[:_READ_BYTES].lstrip()
    # A page is told by its title, because the rest is for browsers.
    if start.startswith(b"<"):
        title = _TITLE.search(start)
        return Said(message=_line(_text(title[1])) if title else "", is_page=True)
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        # Plain words are short; anything longer is nobody's message.
        return Said(message=_line(_text(start)) if len(body) <= _WORDS_BYTES else "")
    objects = list(_objects(found))
    return Said(
        code=next(_codes(objects), None),
        message=next(_values(objects, _MESSAGES), ""),
        hint=next(_values(objects, _HINTS), ""),
        is_json=True,
    )


def _objects(found: object) -> Iterator[dict[str, Any]]:
    """Yield the object that may hold the words, and those that gateways nest into it."""
    if isinstance(found, list):
        found = found[0] if found else None
    if not isinstance(found, dict):
        return
    yield found
    for name in ("error", "errors", "fault"):
        nested = found.get(name)
        if isinstance(nested, list):
            nested = nested[0] if nested else None
        if isinstance(nested, dict):
            yield nested


def _values(objects: list[dict[str, Any]], names: tuple[str, ...]) -> Iterator[str]:
    for one in objects:
        for name in names:
            value = one.get(name)
            if isinstance(value, str) and (line := _line(value)):
                yield line


def _codes(objects: list[dict[str, Any]]) -> Iterator[str]:
    for one in objects:
        for name in _CODES:
            value = one.get(name)
            if isinstance(value, int) and not isinstance(value, bool):
                value = str(value)
            if isinstance(value, str) and _CODE.fullmatch(value):
                yield value


def _text(raw: bytes) -> str:
    return html.unescape(raw[:_WORDS_BYTES].decode("utf-8", "replace"))


def _line(text: str) -> str:
    """Return words on one line, as many as fit into a sentence, without what no terminal should get."""
    # Control characters would move a terminal's cursor, or hide what comes before.
    shown = "".join(char if char.isprintable() else " " for char in text[: 4 * MOST_CHARACTERS])
    return " ".join(shown.split())[:MOST_CHARACTERS].rstrip(". ")
