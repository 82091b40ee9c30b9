"""Rows that no decoder takes whole, cut apart by hand: nested deeper than decoders go, bytes that are no text, halves of characters.

What is slow here is only met by an answer that has such a value. A stack of our own stands for the nesting, so no depth is too much.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

_SPACE: Final = rb"[ \t\r\n]*+"
# Possessive (`*+`, `++`): an answer that somebody wrote to cost time cannot make the engine try again.
_STRING: Final = rb'"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+"'
_NUMBER: Final = rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
_VALUE: Final = re.compile(_SPACE + rb"(" + _STRING + rb"|" + _NUMBER + rb"|true|false|null|[\[{])")
_NAME: Final = re.compile(_SPACE + rb"(" + _STRING + rb")" + _SPACE + rb"(:)")
_NEXT: Final = re.compile(_SPACE + rb"([,\]}])")
_LIST: Final = re.compile(_SPACE + rb"(\[)")
_OBJECT: Final = re.compile(_SPACE + rb"(\{)")
_END: Final = re.compile(_SPACE + rb"()\Z")
_SPACES: Final = re.compile(rb"(" + _STRING + rb")|[ \t\r\n]++")
_CLOSING: Final = {b"[": b"]", b"{": b"}"}
_TEXT: Final = msgspec.json.Decoder(str)
_ROW: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


class BrokenJsonError(ValueError):
    """An answer is no list of objects, or no JSON at all."""


def careful_rows(body: bytes) -> list[dict[str, bytes]]:
    """Return the rows of an answer, each with the JSON of its values by name (any thread).

    Raises:
        BrokenJsonError: When it is no JSON array of objects.
    """
    rows: list[dict[str, bytes]] = []
    _, at = _expect(_LIST, body, 0)
    found = _NEXT.match(body, at)
    closing = found is not None and found[1] == b"]"
    if found is not None and closing:
        at = found.end()
    while not closing:
        # One row at a time, so that only a row with such a value is cut apart by hand.
        start = _OBJECT.match(body, at)
        if start is None:
            raise BrokenJsonError("A row is no object.")
        end = _end_of_value(body, at)
        rows.append(_row(body[start.start(1) : end]))
        closing, at = _after(body, end, b"]")
    _expect(_END, body, at)
    return rows


def compact(raw: bytes) -> bytes:
    """Return a JSON value without the spaces between its parts, however deep it is nested (any thread)."""
    return _SPACES.sub(lambda found: found[1] or b"", raw)


def _row(raw: bytes) -> dict[str, bytes]:
    try:
        return {name: bytes(value) for name, value in _ROW.decode(raw).items()}
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        pass
    members: dict[str, bytes] = {}
    _, at = _expect(_OBJECT, raw, 0)
    found = _NEXT.match(raw, at)
    closing = found is not None
    while not closing:
        name, at = _expect(_NAME, raw, at)
        value, _ = _expect(_VALUE, raw, at)
        end = _end_of_value(raw, at)
        members[_name(name[1])] = raw[value.start(1) : end]
        closing, at = _after(raw, end, b"}")
    return members


def _name(raw: bytes) -> str:
    try:
        return _TEXT.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BrokenJsonError("A name is no text.") from None


def _end_of_value(body: bytes, at: int) -> int:
    """Return where the value ends that begins here.

    Raises:
        BrokenJsonError: When none begins here, or it does not end.
    """
    # A list for a stack: the nesting may be deeper than Python calls go.
    open_: list[bytes] = []
    while True:
        found, at = _expect(_VALUE, body, at)
        closing = _CLOSING.get(found[1])
        if closing is not None:
            empty = _NEXT.match(body, at)
            if empty is not None and empty[1] == closing:
                at = empty.end()
            else:
                open_.append(closing)
                if closing == b"}":
                    _, at = _expect(_NAME, body, at)
                continue
        while open_:
            ended, at = _after(body, at, open_[-1])
            if not ended:
                if open_[-1] == b"}":
                    _, at = _expect(_NAME, body, at)
                break
            open_.pop()
        else:
            return at


def _after(body: bytes, at: int, closing: bytes) -> tuple[bool, int]:
    """Return whether a list or an object ends here, and where what follows begins."""
    found, at = _expect(_NEXT, body, at)
    if found[1] not in {b",", closing}:
        raise BrokenJsonError("A bracket is closed by another.")
    return found[1] == closing, at


def _expect(pattern: re.Pattern[bytes], body: bytes, at: int) -> tuple[re.Match[bytes], int]:
    found = pattern.match(body, at)
    if found is None:
        raise BrokenJsonError("Something else was expected.")
    return found, found.end()
