"""PostgREST's error answers: status, code and text. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from rtwidget.local.postgres.database import DatabaseUnreachableError

if TYPE_CHECKING:
    from collections.abc import Mapping

# PostgREST's `pgErrorStatus`: single states first, then classes, else 400.
# https://docs.postgrest.org/en/stable/references/errors.html
_STATUS_OF_STATE = {
    "23503": 409,
    "23505": 409,
    "25006": 405,
    "42883": 404,
    "42P01": 404,
    "42P17": 500,
    "53400": 500,
    "57P01": 503,
    "P0001": 400,
}
_STATUS_OF_CLASS = {
    "08": 503,
    "09": 500,
    "0L": 403,
    "0P": 403,
    "25": 500,
    "28": 403,
    "2D": 500,
    "38": 500,
    "39": 500,
    "3B": 500,
    "40": 500,
    "53": 503,
    "54": 500,
    "55": 500,
    "57": 500,
    "58": 500,
    "F0": 500,
    "HV": 500,
    "P0": 500,
    "XX": 500,
}


class RestError(Exception):
    """An error answer.

    Args:
        status: HTTP status.
        code: SQLSTATE or PostgREST's own code.
        message: What happened.
        details: More about it.
        hint: What to do.
        retry_after_s: For the header of that name, in seconds.
        is_from_database: Whether the database said it, or nothing.
        headers: Further headers of the answer.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        details: str | None = None,
        hint: str | None = None,
        *,
        retry_after_s: float | None = None,
        is_from_database: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_s = retry_after_s
        self.is_from_database = is_from_database
        self.headers = headers or {}
        self.body = {"code": code, "details": details, "hint": hint, "message": message}


def from_database(problem: psycopg.Error, role: str) -> RestError:
    """Translate a database error.

    Args:
        problem: What psycopg raised.
        role: Who asked; a missing grant is 401 for `anon` and 403 for others.
    """
    state = problem.sqlstate or ""
    diagnostics = problem.diag
    message = diagnostics.message_primary or str(problem)
    if isinstance(problem, DatabaseUnreachableError):
        return RestError(
            503, "PGRST000", "Database connection error.", message, is_from_database=True
        )
    if not state and isinstance(problem, psycopg.DataError):
        # psycopg itself refuses a NUL, which the real server leaves to the database.
        return RestError(400, "22021", 'invalid byte sequence for encoding "UTF8": 0x00')
    if not state:
        return RestError(
            503,
            "PGRST001",
            "Database client error. Retrying the connection.",
            message,
            is_from_database=True,
        )
    status = _STATUS_OF_STATE.get(state) or _STATUS_OF_CLASS.get(state[:2], 400)
    # Who is nobody yet may sign in, who is somebody may not read it.
    if state == "42501":
        status = 401 if role == "anon" else 403
    elif state == "22023" and message.startswith("role") and message.endswith("does not exist"):
        status = 401
    elif state == "42883" and message.startswith("function xmlagg("):
        status = 406
    elif state == "21000" and not message.endswith("requires a WHERE clause"):
        status = 500
    # `raise sqlstate 'PT418'` lets a function choose its status.
    elif state.startswith("PT"):
        status = int(state[2:]) if state[2:].isdecimal() else 500
    detail, hint = diagnostics.message_detail, diagnostics.message_hint
    return RestError(status, state, message, detail, hint, is_from_database=True)


def retry_after_s(away_s: float, longest_s: float) -> float:
    """Return what PostgREST writes into `Retry-After`: the pause before its next try, doubled at each.

    Args:
        away_s: For how long the database has been away, in seconds.
        longest_s: The longest pause, in seconds.
    """
    pause_s = 1.0
    # The pauses so far are 1 + 2 + ... + p/2 = p - 1 seconds; the next is p while the sum with it is not over.
    while pause_s < longest_s and away_s >= 2 * pause_s - 1:
        pause_s *= 2
    return min(pause_s, longest_s)


def not_implemented(what: str) -> RestError:
    """Refuse what PostgREST does and the local backend does not."""
    return RestError(
        501,
        "LOCAL501",
        f"The local backend of rtwidget does not do {what}.",
        hint="PostgREST itself does: use a Supabase project for it.",
    )


def parse_error(what: str, text: str, details: str) -> RestError:
    """Refuse a part of the URL, PGRST100.

    Args:
        what: `filter`, `order`, `select`, `logic tree` or `limit`.
        text: The part.
        details: Why it cannot be read.
    """
    message = f'"failed to parse {what} ({text})" (line 1, column 1)'
    return RestError(400, "PGRST100", message, details)


def requested_error(
    status: int, retry_after_s: float | None = None, code: str | None = None
) -> RestError:
    """Return the error that a test asked for, worded as the server would.

    Args:
        status: HTTP status.
        retry_after_s: For the header of that name, in seconds.
        code: SQLSTATE or PostgREST's own code; None for the one that usually comes with the status.
    """
    known = {
        401: ("PGRST303", "JWT expired"),
        403: ("42501", "permission denied for table"),
        404: ("PGRST205", "Could not find the table in the schema cache"),
        500: ("57014", "canceling statement due to statement timeout"),
        503: ("PGRST002", "Could not query the database for the schema cache. Retrying."),
        504: ("PGRST003", "Timed out acquiring connection from connection pool."),
    }
    usual, message = known.get(status, ("XX000", f"status {status} was asked for"))
    return RestError(status, code or usual, message, retry_after_s=retry_after_s)
