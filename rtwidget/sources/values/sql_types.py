"""SQL type names: the spellings users and catalogs write, and the internal ones we keep."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rtwidget.errors import ArgumentError

# SQL's names on the left, those of `pg_type` on the right, which catalogs and Realtime use.
_SPELLINGS = {
    "bigint": "int8",
    "bigserial": "int8",
    "bit varying": "varbit",
    "boolean": "bool",
    "character": "bpchar",
    "char": "bpchar",
    "character varying": "varchar",
    "decimal": "numeric",
    "double precision": "float8",
    "float": "float8",
    "int": "int4",
    "integer": "int4",
    "real": "float4",
    "serial": "int4",
    "smallint": "int2",
    "time with time zone": "timetz",
    "time without time zone": "time",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
}
_INTERNAL = frozenset(
    "bit bool bpchar bytea cidr citext date daterange float4 float8 hstore inet int2 int4 int4range "  # noqa: SIM905
    "int8 int8range interval json jsonb ltree macaddr money name numeric numrange oid point text time "
    "timestamp timestamptz timetz tsrange tstzrange tsvector uuid varbit varchar vector xml".split()
)
# Known by name, but they live in a schema of their own, where the search path may not find their operators.
_OF_EXTENSIONS = frozenset({"citext", "hstore", "ltree", "vector"})
# Their text in a notification differs from the text in an answer (reference section 6).
INEXACT_KEY_TYPES = frozenset(
    "bit bpchar bytea char float4 float8 interval json jsonb money numeric time timestamp "  # noqa: SIM905
    "timestamptz timetz varbit".split()
)


def internal_type(spelling: str) -> str:
    """Return the internal name of a type: `text[]` is `_text`, `bigint` is `int8` (any thread).

    A name that is not known (an enum, a domain) is returned without its schema.
    """
    # `numeric(10, 2)` and `timestamp(3)` have values of the same type as without.
    plain = " ".join(re.sub(r"\(.*?\)", "", spelling).lower().split())
    if plain.endswith("[]"):
        # Postgres does not keep the number of dimensions in the type.
        return "_" + internal_type(plain.rstrip("[] "))
    return _SPELLINGS.get(plain) or plain.rpartition(".")[2].strip('"')


def checked_types(types: Mapping[str, str] | None) -> dict[str, str]:
    """Return the internal names of the types a user gave for columns (any thread).

    Raises:
        ArgumentError: When it is no mapping, or a name is no type that we know; enums need no entry.
    """
    found: dict[str, str] = {}
    given = {} if types is None else types
    if not isinstance(given, Mapping):
        raise ArgumentError(
            f"types is of the type {type(types).__name__}, which gives no column a type.",
            'Pass a mapping such as types={"amount": "numeric"}.',
        )
    for column, spelling in given.items():
        if not isinstance(column, str):
            raise ArgumentError(
                f"types names {column!r}, which is no column's name.",
                'Pass a mapping such as types={"amount": "numeric"}.',
            )
        name = internal_type(spelling) if isinstance(spelling, str) else ""
        # A mistyped name would silently leave the column as it is inferred.
        if name.removeprefix("_") not in _INTERNAL:
            raise ArgumentError(
                f"types[{column!r}] is {spelling!r}, which is no known type.",
                'Write it as in SQL, for example "numeric", "bigint" or "text[]".',
            )
        found[column] = name
    return found


def is_built_in(name: str | None) -> bool:
    """Whether a type is known to be one of PostgreSQL's own (any thread)."""
    return name in _INTERNAL and name not in _OF_EXTENSIONS


def is_exact_key_type(name: str | None) -> bool:
    """Whether keys of this type look the same in notifications and answers (any thread)."""
    return name is None or not (name in INEXACT_KEY_TYPES or name.startswith("_"))
