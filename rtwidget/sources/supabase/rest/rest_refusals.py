"""What the REST API's codes mean: PGRST codes and SQLSTATEs (reference sections 7, 9)."""

from __future__ import annotations

from typing import NamedTuple

from rtwidget.errors import (
    AuthenticationError,
    ColumnNotFoundError,
    DatabaseUnavailableError,
    ErrorKind,
    PermissionDeniedError,
    ReadTooLargeError,
    SourceError,
    TableNotFoundError,
)
from rtwidget.sources.refused.hints import TOO_LARGE_CODES


class Refusal(NamedTuple):
    """What codes mean.

    Args:
        codes: The codes.
        error: What is raised.
        message: What happened; `message` and `relation` are filled in.
        hint: What to do; what the user gave and the SQL of a `grant` are filled in.
        kind: What can end it; the error's own kind without one.
        prefixes: Classes of SQLSTATEs that mean the same.
        names: Whether a name was not found, so that the server's own hint knows the nearest one.
    """

    codes: frozenset[str]
    error: type[SourceError]
    message: str
    hint: str
    kind: ErrorKind | None = None
    prefixes: tuple[str, ...] = ()
    names: bool = False


TOKEN_CODES = frozenset({"PGRST301", "PGRST302", "PGRST303"})
"""The API's codes of a token that it could not accept."""

# The first that fits counts; prefixes stand where no single code of their class means anything else.
REFUSALS = (
    Refusal(
        frozenset({"PGRST000", "PGRST001", "PGRST002"}),
        DatabaseUnavailableError,
        "The API does not reach its database: {message}.",
        "It is tried again; see whether the project is paused, restarting or out of connections.",
        prefixes=("08", "57P"),
    ),
    Refusal(
        TOKEN_CODES,
        AuthenticationError,
        "The key or token was refused: {message}.",
        "Check `SUPABASE_KEY` (or `key=`) against the project's API settings; a user's token is given fresh by "
        "`access_token=` (a callable is asked again).",
    ),
    Refusal(
        frozenset({"PGRST300"}),
        SourceError,
        "The API has nothing to check tokens with: {message}.",
        "Set `jwt-secret` (`PGRST_JWT_SECRET`) where PostgREST runs; then `t.refresh()`.",
        ErrorKind.NEEDS_USER,
    ),
    Refusal(
        frozenset({"42501"}),
        PermissionDeniedError,
        "The role may not read {relation}: {message}.",
        "Run `{grant}`, sign in as another role, or name the columns that "
        "it may read by `columns=`.",
    ),
    Refusal(
        frozenset({"42P01", "PGRST205"}),
        TableNotFoundError,
        "There is no table {relation} in the API.",
        "Check the name and `schema=`; after creating it run `notify pgrst, 'reload schema';`.",
        names=True,
    ),
    Refusal(
        frozenset({"PGRST106"}),
        TableNotFoundError,
        "The schema of {relation} is not exposed by the API.",
        "Add it under `Exposed schemas` in the project's API settings.",
        names=True,
    ),
    Refusal(
        frozenset({"42703", "PGRST204"}),
        ColumnNotFoundError,
        "A column is missing in {relation}: {message}.",
        "{names}",
        names=True,
    ),
    Refusal(
        frozenset({"57014", "25P04"}),
        ReadTooLargeError,
        "The database stopped a read of {relation} that took too long.",
        "{time}",
    ),
    Refusal(
        frozenset(TOO_LARGE_CODES),
        ReadTooLargeError,
        "The database could not give so much of {relation} at once: {message}.",
        "{size}",
        prefixes=("54",),
    ),
    Refusal(
        frozenset({"42883", "PGRST100"}),
        SourceError,
        "The database could not use a value or an operator of the query: {message}.",
        "{values}",
        ErrorKind.NEEDS_USER,
    ),
)
