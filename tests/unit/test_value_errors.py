"""A value that the database cannot use: the filter is blamed only where it can be at fault, and rows' values pass."""

from __future__ import annotations

import pytest

from rtwidget.abc import TableQuery
from rtwidget.errors import ErrorKind
from rtwidget.sources.hints import value_error
from rtwidget.sources.query.filters import parse_filter

T, USER = ErrorKind.TRANSIENT, ErrorKind.NEEDS_USER


@pytest.mark.parametrize(
    ("filter_text", "code", "message", "kind"),
    [
        (None, "22012", "division by zero", T),
        (None, "22P02", 'invalid input syntax for type integer: ""', T),
        ("n=gt.1", "22012", "division by zero", T),
        ("n=gt.1", "22P02", 'invalid input syntax for type integer: "x"', T),
        ("n=gt.abc", "22P02", 'invalid input syntax for type integer: "abc"', USER),
        ("n=in.(1,abc)", "22P02", 'invalid input syntax for type integer: "abc"', USER),
        ("or=(n.eq.1,n.eq.abc)", "22P02", 'invalid input syntax for type integer: "abc"', USER),
        ("n=eq.99999999999", "22003", 'value "99999999999" is out of range for type integer', USER),
        ("s=like.a\\", "22025", "LIKE pattern must not end with escape character", USER),
    ],
)
def test_who_is_to_blame(filter_text: str | None, code: str, message: str, kind: ErrorKind) -> None:
    wanted = TableQuery("public", "t", filters=parse_filter(filter_text))
    error = value_error(code, message, "public.t", wanted.constants)
    assert (error.kind, error.code) == (kind, code)
    assert ("`filter=`" in error.hint) is (kind is USER)
    assert "view" in f"{error.message} {error.hint}"
    assert "policy" in f"{error.message} {error.hint}"
    assert message in error.message
