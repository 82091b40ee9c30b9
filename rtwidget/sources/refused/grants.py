"""Which grant ends a refusal, which may be of what a view or a policy reads. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

# As PostgreSQL words it (`aclcheck_error` in catalog/aclchk.c); the name that it tells may be of a table below a view.
_DENIED = re.compile(
    r"permission denied for (schema|function|table|view|materialized view|foreign table|relation) (.+)"
)
_ROLE = re.compile(r'permission denied to set role "(.+)"')


def granting(
    said: str, table: str, relation: str, grantee: str, quoted: Callable[[str], str]
) -> str:
    """Return the SQL that ends a refusal (any thread).

    Args:
        said: The server's words.
        table: The name of the table that is read.
        relation: It with its schema, quoted.
        grantee: The role or roles, quoted.
        quoted: Quotes a name.
    """
    role = _ROLE.fullmatch(said.strip())
    if role:
        # PostgREST's login takes the role of each token.
        return f"grant {quoted(role[1])} to authenticator;"
    found = _DENIED.fullmatch(said.strip())
    kind, name = found.groups() if found else ("", table)
    if kind == "schema":
        # Its own schema, or that of a type or an operator that a statement names.
        return f"grant usage on schema {quoted(name)} to {grantee};"
    if kind == "function":
        return f"grant execute on function {name} to {grantee};"
    # PostgreSQL tells no schema, so only the table's own name gets one.
    return f"grant select on {relation if name == table else quoted(name)} to {grantee};"
