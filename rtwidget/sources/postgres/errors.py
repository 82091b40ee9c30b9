"""From a server's refusal of a statement to the typed error that a user is told."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple

import psycopg
from psycopg import sql

from rtwidget.errors import (
    SourceError,
    UnreachableError,
)
from rtwidget.sources.postgres.login.login_kinds import AGAIN, refused
from rtwidget.sources.postgres.login.login_refusals import refusal_of
from rtwidget.sources.postgres.refusal_codes import REFUSALS
from rtwidget.sources.refused.hints import TOO_LARGE_CODES, refusal_hints, says_too_large
from rtwidget.sources.refused.statements import other_refusal

_SHOWN_CHARACTERS = 300
# With these, poolers refuse what comes after the login too.
_OF_POOLERS = frozenset({"08P01", "58000", "XX000"})


class Said(NamedTuple):
    """What a server said.

    Args:
        code: The SQLSTATE; None where the connection ended without a word of the server.
        message: The words, without a full stop.
        hint: What it suggests, likewise.
    """

    code: str | None
    message: str
    hint: str = ""


def statement_error(
    error: psycopg.Error,
    relation: str,
    role: str,
    grant: str,
    given: AbstractSet[str] = frozenset(),
) -> SourceError:
    """Return the typed error of a statement that failed (any thread).

    Args:
        error: What psycopg raised.
        relation: The table with its schema, for people.
        role: As whom it ran.
        grant: The SQL that lets this role read the table.
        given: The names of the arguments that the user gave, which hints may speak of.
    """
    message = shown(error.diag.message_primary or _one_line(str(error)))
    hint = shown(error.diag.message_hint or "")
    return refusal_error(Said(error.sqlstate, message, hint), relation, role, grant, given)


def refusal_error(
    said: Said,
    relation: str,
    role: str,
    grant: str,
    given: AbstractSet[str] = frozenset(),
) -> SourceError:
    """Return the typed error of what a server said; takes what `statement_error` takes (any thread).

    Args:
        said: What was said.
        relation: The table with its schema, for people.
        role: As whom it ran.
        grant: The SQL that lets this role read the table.
        given: The names of the arguments that the user gave.
    """
    code, message, suggested = said
    if says_too_large(message):
        code = TOO_LARGE_CODES[0]
    # No code means no word of the server: what is in the message is libpq's.
    if code is None:
        return UnreachableError(f"The connection to the database was lost: {message}.", AGAIN)
    # A pooler takes the login itself, and says only at the first statement that the server refused it.
    of_pooler = refusal_of(message) if code in _OF_POOLERS else None
    if of_pooler is not None:
        return refused(of_pooler, "The server", message, code)
    for refusal in REFUSALS:
        if code in refusal.codes or code[:2] in refusal.codes:
            words = {"message": message, "relation": relation, "role": role, "grant": grant}
            words["grantee"] = sql.Identifier(role).as_string()
            words |= refusal_hints(given)
            return refusal.error(
                refusal.message.format(**words),
                refusal.hint.format(**words),
                code=code,
                kind=refusal.kind,
            )
    # What nobody knows is tried again: a table that waits recovers by itself, one that gave up does not.
    again = f"{suggested}. {AGAIN}" if suggested else AGAIN
    refused_read = SourceError(f"The database refused a read: {message}.", again, code=code)
    return other_refusal(code, message, relation, suggested) or refused_read


def is_bad_value(error: SourceError) -> bool:
    """Whether a value of the statement was none of its type."""
    return (error.code or "").startswith("22")


def shown(text: str) -> str:
    """Return a server's words, as many as fit into a sentence (any thread)."""
    # A server's words may hold a whole row, or the text of a function.
    return text.strip()[:_SHOWN_CHARACTERS].rstrip(".")


def _one_line(text: str) -> str:
    """Return libpq's words without the guesses that it adds in further lines."""
    return next(iter(text.strip().splitlines()), "")
