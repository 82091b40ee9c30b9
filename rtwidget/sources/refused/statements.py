"""What a database's refusals of a read mean whichever way they came, where a view, a policy or the server itself is at fault. Pure.

Without these, PostgREST's and PostgreSQL's refusals of the same fault would be told, and end, differently.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from rtwidget.errors import AuthenticationError, ErrorKind, SourceError
from rtwidget.sources.refused.value_refusals import value_error

_SQLSTATE_CHARACTERS = 5
_THEN = "then `t.refresh()`."
_USER = ErrorKind.NEEDS_USER
# Those of class 42 that a pooler makes of sessions that it shares: they pass.
_OF_SESSIONS = frozenset({"42P03", "42P05"})
# What a server that keeps plans, as PostgREST does, says until it has made another one of an altered table.
_OF_PLANS = "cached plan must not change"
_MISSING = re.compile(r'relation "(.+)" does not exist')


class _Meaning(NamedTuple):
    codes: tuple[str, ...]
    """SQLSTATEs, or their first two characters for a whole class."""
    words: str
    """A regular expression that the server's words hold; what its first group finds is `named` in the hint."""
    message: str
    hint: str
    kind: ErrorKind | None = None
    error: type[SourceError] = SourceError


# The first that fits counts.
_MEANINGS = (
    _Meaning(
        ("42P17",),
        "infinite recursion",
        "A policy of {relation} leads back to itself: {message}.",
        "Put what the policy reads of a table with policies into a function with `security definer`, and call that in the "
        f"policy; {_THEN}",
        _USER,
    ),
    _Meaning(
        ("42704",),
        r'configuration parameter "(.+?)"',
        "A policy or a view of {relation} wants a setting that nobody made: {message}.",
        f"Write `current_setting('{{named}}', true)` there, which gives null without it; {_THEN}",
        _USER,
    ),
    _Meaning(
        ("22023",),
        r'^role "(.*)" does not exist',
        "The token names a role that the database does not have: {message}.",
        'Give a token whose `role` is one of the database\'s, such as `authenticated`, or run `create role "{named}"; grant "{named}" '
        "to authenticator;`.",
        error=AuthenticationError,
    ),
    _Meaning(
        ("55000",),
        r'materialized view "(.+)" has not been populated',
        "The materialized view has no rows yet: {message}.",
        'Run `refresh materialized view "{named}";`. It is tried again.',
    ),
    _Meaning(
        ("53100",),
        "",
        "The disk of the database is full: {message}.",
        "Make it bigger, or free space there (a Supabase project's is in its database settings). It is tried again.",
    ),
    _Meaning(
        ("25006",),
        "read-only transaction",
        "A view or a policy of {relation} writes, which a read may not: {message}.",
        f"Take out what writes there; {_THEN}",
        _USER,
    ),
)
_OTHER = _Meaning(
    ("42", "0A"),
    "",
    "The database cannot answer the query of {relation}: {message}.",
    f"Check the view or the policies of the table, and what they call; {_THEN}",
    _USER,
)


def statement_refusal(
    code: str, message: str, relation: str, table: str, constants: AbstractSet[str]
) -> SourceError | None:
    """Return the error of a refusal that is the same whichever way it came, or None for another (any thread).

    Args:
        code: The SQLSTATE.
        message: The database's words, without a full stop.
        relation: The table with its schema, for people.
        table: The table's name.
        constants: The texts that the user's filter compares with.
    """
    missing = _MISSING.fullmatch(message) if code == "42P01" else None
    # PostgreSQL names no more than the first 63 bytes.
    if missing and not table.rpartition(".")[2].startswith(missing[1].rpartition(".")[2]):
        return _error(_OTHER, code, message, relation)
    for meaning in _MEANINGS:
        found = re.search(meaning.words, message) if code in meaning.codes else None
        if found:
            # Not every meaning has a name to fill in.
            named = found[1] if found.groups() else ""
            return _error(meaning, code, message, relation, named=named)
    # Codes of PostgREST and of gateways are longer or shorter.
    if code.startswith("22") and len(code) == _SQLSTATE_CHARACTERS:
        return value_error(code, message, relation, constants)
    return None


def other_refusal(code: str, message: str, relation: str, hint: str = "") -> SourceError | None:
    """Return the error of what a query can never give until somebody mends the database, or None (any thread).

    It is for what nothing else knows.

    Args:
        code: The SQLSTATE.
        message: The database's words, without a full stop.
        relation: The table with its schema, for people.
        hint: What the database suggests.
    """
    # To fail for these would end a table that works again a second later.
    passes = code in _OF_SESSIONS or _OF_PLANS in message
    if passes or code[:2] not in _OTHER.codes or len(code) != _SQLSTATE_CHARACTERS:
        return None
    return _error(_OTHER, code, message, relation, hint=hint)


def _error(
    meaning: _Meaning, code: str, message: str, relation: str, *, named: str = "", hint: str = ""
) -> SourceError:
    suggested = f"{hint}. " if hint else ""
    return meaning.error(
        meaning.message.format(message=message, relation=relation),
        suggested + meaning.hint.format(named=named),
        code=code,
        kind=meaning.kind,
    )
