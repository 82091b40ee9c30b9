"""What is wrong with a text that was given as a connection string, in words that hold none of it. Pure.

libpq takes `@`, `/` and `:` of a password for its own, and what is left of the password for a host, a port or a database.
"""

from __future__ import annotations

import re

from rtwidget.sources.input_shapes import QUOTES, Shape, first_shape
from rtwidget.sources.secret import Secret

EXAMPLE = "A right one is `postgresql://user@host:5432/database`."
NO_STRING = "source is no PostgreSQL connection string."
ENCODE = (
    "Write signs in a password that mean something in a URL in another way: `%40` for @, `%2F` for /, `%3A` for :, `%23` for #, "
    "`%3F` for ?, `%25` for %, `%20` for a space; `urllib.parse.quote(password, safe='')` does it."
)
# As dashboards and guides write what one has to replace.
_PLACEHOLDER = re.compile(
    r":(\[[A-Z]*[-_ ]?PASSWORD\]|<[^@>]*>|_*(YOUR|DB)?[-_]*PASSWORD_*)@|@[^/?]*[<>\[][^\d:/]*[>\]]",
    re.IGNORECASE,
)
_URL = re.compile(r"postgres(ql)?://")
_MOST_PORT = 65_535
# Settings in the URLs of Prisma, JDBC, .NET and SQLAlchemy, which libpq does not know.
_FOREIGN = [
    "pgbouncer",
    "connection_limit",
    "pool_timeout",
    "schema",
    "sslaccept",
    "socket_timeout",
    "statement_cache_size",
    "prepared_statements",
    "supa",
    "workaround",
    "ssl",
    "currentSchema",
    "sslfactory",
    "prepareThreshold",
    "ApplicationName",
    "pool_size",
    "max_overflow",
    "pooling",
    "timezone",
    "search_path",
]


_SHAPES = (
    Shape(rf"^[{QUOTES}]", "Leave out the quotes around it."),
    Shape(r"^psql\s", "Leave out `psql`."),
    Shape(r"^(export\s+)?\w+\s*=\s*[\"']?postgres(ql)?://", "Leave out the name of the variable before it."),
    Shape(r"^(postgres(ql)?|cockroachdb)\+\w+://", "Leave out the driver after the `+`, which is SQLAlchemy's: `postgresql://`."),
    Shape(r"^jdbc:", "Leave out `jdbc:`, and write user and password before the host, as in `postgresql://user:password@host/database`."),
    Shape(r"^cockroachdb://", "Write `postgresql://` instead of `cockroachdb://`."),
    Shape(r"^https?://", "A Supabase project's URL is passed as `url=`, with its key as `key=`."),
    Shape(r"^(?!postgres)[a-z][\w+.-]*://", "Only PostgreSQL, and what speaks its protocol, can be read."),
    Shape(r"^\w[\w ]*=[^;]*;", "Write it as `host=... port=... user=... password=... dbname=...`, with spaces between."),
    Shape(r"^(?!postgres)[^/\s=]+(@|:\d+/)", "Write `postgresql://` before it."),
)  # fmt: skip


def unreadable(source: Secret) -> str:
    """Return what to do about a text that libpq cannot read (any thread).

    Args:
        source: The text.
    """
    text = source.reveal().strip()
    known = first_shape(text, _SHAPES)
    if known is not None:
        return f"{known[0].hint} {EXAMPLE}"
    # Named one by one, because libpq itself says only the first, and does not say whose it is.
    foreign = [name for name in _FOREIGN if re.search(rf"[?&]{name}=", text)]
    if foreign:
        named = ", ".join(f"`{name}=`" for name in foreign)
        instead = ' Pass `schema="..."` of `live_table` instead.' if "schema" in foreign else ""
        return (
            f"Leave out {named}, which other libraries read and libpq does not.{instead} {EXAMPLE}"
        )
    return f"{EXAMPLE} {ENCODE}" if _URL.match(text) else EXAMPLE


def misread(source: Secret) -> tuple[str, str] | None:
    """Return what happened and what to do where libpq would read a text in another way than it is meant, or None (any thread).

    Args:
        source: The text.
    """
    text = source.reveal().strip()
    # libpq reads a C string, and would end it there.
    if "\0" in text:
        return "source holds a zero byte.", "Copy it again."
    if _PLACEHOLDER.search(text):
        return (
            "source still holds a placeholder.",
            "Write your own value in its place, without the brackets.",
        )
    rest = _URL.sub("", text, count=1)
    if rest == text:
        return None
    before = rest.partition("?")[0]
    # Settings behind the database may hold both; a password that holds a `?` stands before any.
    named = before if "@" in before or "/" in before else rest
    if named.count("@") > 1 or ("@" in named and "/" in named.partition("@")[0]):
        return "source holds an `@` or a `/` that ends a password too early.", ENCODE
    return None


def bad_port(port: str) -> bool:
    """Whether ports, with commas between those of several hosts, hold one that is none (any thread)."""
    return any(
        not (one.strip().isascii() and one.strip().isdecimal() and 0 < int(one) <= _MOST_PORT)
        for one in port.split(",")
        if one.strip()
    )
