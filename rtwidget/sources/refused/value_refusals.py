"""What it means that the database could not use a value: the filter is blamed only where it can be at fault. Pure."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from rtwidget.errors import ErrorKind, SourceError

# SQLSTATEs of class 22 that a constant of the query can cause; a division by zero, for one, only the rows can.
_OF_CONSTANTS = frozenset(
    "22P02 22007 22008 22003 22021 22P05 22019 22025 2201B 22023 22032".split()  # noqa: SIM905
)
_SHOWN_OF_CONSTANT = 100


def value_error(code: str, message: str, relation: str, constants: AbstractSet[str]) -> SourceError:
    """Return the error of a value that could not be used: the filter's own, or one of a row, which passes (any thread).

    Args:
        code: An SQLSTATE of class 22.
        message: The database's words.
        relation: The table with its schema, for people.
        constants: The texts that the user's filter compares with.
    """
    mend = "mend it there, or name other key columns by `primary_key=`"
    if code not in _OF_CONSTANTS or not _may_be_of(constants, message):
        return SourceError(
            f"A value in the view or a policy of {relation} could not be used: {message}.",
            f"It is tried again, and the rows are kept; {mend}.",
            code=code,
        )
    return SourceError(
        f"The database could not use a value of the query of {relation}: {message}.",
        "Check that the values in `filter=` fit the types of their columns. If they do, it is a value in the view or a "
        "policy of the table: mend it there, then `t.refresh()`.",
        code=code,
        kind=ErrorKind.NEEDS_USER,
    )


def _may_be_of(constants: AbstractSet[str], message: str) -> bool:
    """Whether the value that the database names, between quotes, is one of these; it names it nearly always."""
    if '"' not in message:
        return bool(constants)
    # PostgreSQL may shorten what it quotes, and a list's value is a part of a constant; so either may hold the other.
    named = message.split('"')[1::2]
    return any(
        f'"{one[:_SHOWN_OF_CONSTANT]}' in message or any(name and name in one for name in named)
        for one in constants
    )
