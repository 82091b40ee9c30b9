"""What the catalog says of grants and row-level security for one role. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.doctor.checks.rows_checks import reading_policy
from rtwidget.doctor.finding import Finding, ok, problem, skipped, warning
from rtwidget.doctor.postgres.catalog_facts import Facts, Role
from rtwidget.sources.sql_names import quoted, relation

_OTHER_ROLE = "Read as a role of your own that may do less, where others use the notebook too."


def check_grants(facts: Facts, schema: str, table: str, key: Sequence[str]) -> Finding:
    """Return whether the role may read the table, and its key (any thread)."""
    role = facts.role
    if role is None:
        return problem(
            "grants", "There is no such role in this database.", "Check the token's claim `role`."
        )
    to = quoted(role.name)
    # From the outside in: schema, table, key, other columns. What is closed further out hides the rest.
    if not role.enters:
        said = f"The role {role.name} may not use the schema {schema}."
        return problem("grants", said, f"Run `grant usage on schema {quoted(schema)} to {to};`.")
    # Grants may be of single columns, so the table is closed only when all of them are.
    if set(role.hidden) >= set(facts.columns):
        said = f"The role {role.name} may read no column of {table}."
        return problem("grants", said, f"Run `grant select on {relation(schema, table)} to {to};`.")
    lost = [name for name in key if name in role.hidden]
    if lost:
        columns = ", ".join(map(quoted, lost))
        said = f"The role {role.name} may not read {', '.join(lost)} of the key, so no change can be matched to its row."
        return problem(
            "grants", said, f"Run `grant select ({columns}) on {relation(schema, table)} to {to};`."
        )
    if role.hidden:
        said = f"The role {role.name} may read the table, but not {', '.join(role.hidden)}."
        seen = ", ".join(f'"{name}"' for name in facts.columns if name not in role.hidden)
        return warning("grants", said, f"Pass `columns=[{seen}]`.")
    return ok("grants", f"The role {role.name} may read every column.")


def check_row_security(facts: Facts, schema: str, table: str) -> Finding:
    """Return whether row-level security binds the role, and whether any policy shows it rows (any thread)."""
    check, role = "row-level security", facts.role
    if role is None:
        return skipped(check, "There is no such role.")
    # Views have no policies of their own; whose right counts there is another question.
    if facts.kind not in ("r", "p"):
        return _check_view(check, facts, relation(schema, table))
    if not facts.row_security:
        return warning(
            check,
            f"Row-level security is off: whoever may read {table} reads all of it.",
            f"Run `alter table {relation(schema, table)} enable row level security;` after writing policies, if that is not meant.",
        )
    if not facts.is_bound:
        return warning(
            check, f"{_why_free(role)}, so row-level security does not bind it.", _OTHER_ROLE
        )
    # Restrictive policies only take away: without a permissive one nothing is shown.
    showing = [policy.name for policy in role.policies if policy.permissive]
    if not showing:
        said = f"Row-level security is on, and no policy shows the role {role.name} a row."
        return problem(
            check,
            said,
            f"Run `{reading_policy(schema, table, role.name)}`, which shows it every row, or a narrower one.",
        )
    return ok(check, f"It is on; for the role {role.name} these decide: {', '.join(showing)}.")


def _check_view(check: str, facts: Facts, name: str) -> Finding:
    if facts.kind != "v":
        return warning(check, "It binds nobody here: only tables have it.", _OTHER_ROLE)
    if facts.invoker:
        return ok(check, "The view reads as whoever asks it, so the policies of its tables decide.")
    said = f"The view shows whatever its owner {facts.owner} may see, to whoever may read it."
    return warning(check, said, f"Run `alter view {name} set (security_invoker = true);`.")


def _why_free(role: Role) -> str:
    if role.superuser:
        return f"The role {role.name} is a superuser"
    if role.bypasses:
        return f"The role {role.name} has BYPASSRLS"
    return f"The role {role.name} owns the table"
