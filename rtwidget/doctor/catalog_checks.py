"""What the catalog says of grants and row-level security for one role. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rtwidget.doctor.catalog_facts import Facts, Policy, Role
from rtwidget.doctor.finding import Finding, ok, problem, skipped, warning
from rtwidget.doctor.rows_checks import reading_policy
from rtwidget.doctor.sql_names import quoted, relation

# PostgREST sets these, and Realtime does not: a policy that reads one is true for reads alone.
_SETTINGS_OF_READS = re.compile(r"current_setting\('request\.(?!jwt\.claims')", re.IGNORECASE)
_TIME = re.compile(
    r"\b(now\(\)|current_(date|time|timestamp)\b|local(time|timestamp)\b|(clock|statement|transaction)_timestamp\(\))",
    re.IGNORECASE,
)
# As the catalog prints a subselect: `extract(day from ...)` stands on one line, and `(select auth.uid())` reads no table.
_OTHER_TABLE = re.compile(r"\n\s*from\b", re.IGNORECASE)
_BY_PASSES = (
    "Nothing announces that; the next verifying read finds it. `verify_every=10` makes one every 10 s, "
    "or touch the rows in the same transaction."
)
_OTHER_ROLE = "Read as a role of your own that may do less, where others use the notebook too."


def judge_grants(facts: Facts, schema: str, table: str, key: Sequence[str]) -> Finding:
    """Return whether the role may read the table, and its key (any thread)."""
    role = facts.role
    if role is None:
        return problem(
            "grants", "There is no such role in this database.", "Check the token's claim `role`."
        )
    to = quoted(role.name)
    if not role.enters:
        said = f"The role {role.name} may not use the schema {schema}."
        return problem("grants", said, f"Run `grant usage on schema {quoted(schema)} to {to};`.")
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
        return warning("grants", said, "Name the others by `columns=`.")
    return ok("grants", f"The role {role.name} may read every column.")


def judge_row_security(facts: Facts, schema: str, table: str) -> Finding:
    """Return whether row-level security binds the role, and whether any policy shows it rows (any thread)."""
    check, role = "row-level security", facts.role
    if role is None:
        return skipped(check, "There is no such role.")
    if facts.kind not in ("r", "p"):
        return _judge_view(check, facts, relation(schema, table))
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
    showing = [policy.name for policy in role.policies if policy.permissive]
    if not showing:
        said = f"Row-level security is on, and no policy shows the role {role.name} a row."
        return problem(
            check,
            said,
            f"Run `{reading_policy(schema, table, role.name)}`, which shows it every row, or a narrower one.",
        )
    return ok(check, f"It is on; for the role {role.name} these decide: {', '.join(showing)}.")


def _judge_view(check: str, facts: Facts, name: str) -> Finding:
    if facts.kind != "v":
        return warning(check, "It binds nobody here: only tables have it.", _OTHER_ROLE)
    if facts.invoker:
        return ok(check, "The view reads as whoever asks it, so the policies of its tables decide.")
    said = f"The view shows whatever its owner {facts.owner} may see, to whoever may read it."
    return warning(check, said, f"Run `alter view {name} set (security_invoker = true);`.")


def judge_policies(facts: Facts) -> Finding:
    """Return whether some policy changes its mind without any change of the row (any thread)."""
    check, role = "policies", facts.role
    if role is None or not facts.is_bound:
        return skipped(check, "No policy decides for this role.")
    if not role.policies:
        return skipped(check, "There is no policy for this role.")
    mute = _named(role.policies, _SETTINGS_OF_READS)
    if mute:
        return problem(
            check,
            f"{mute} reads settings that only the REST API sets, so the stream hides rows that reads show.",
            "Use `auth.uid()` or `auth.jwt()`, which read `request.jwt.claims`, instead.",
        )
    timed, foreign = _named(role.policies, _TIME), _named(role.policies, _OTHER_TABLE)
    if timed:
        return warning(
            check, f"{timed} depends on the time: rows come and go without a change.", _BY_PASSES
        )
    if foreign:
        said = f"{foreign} depends on another table: a change there shows or hides rows here."
        return warning(check, said, _BY_PASSES)
    return ok(check, "They depend on the row and on who reads it alone.")


def _named(policies: Sequence[Policy], words: re.Pattern[str]) -> str:
    names = [f'"{policy.name}"' for policy in policies if words.search(policy.condition)]
    return f"The policy {' and '.join(names)}" if names else ""


def _why_free(role: Role) -> str:
    if role.superuser:
        return f"The role {role.name} is a superuser"
    if role.bypasses:
        return f"The role {role.name} has BYPASSRLS"
    return f"The role {role.name} owns the table"
