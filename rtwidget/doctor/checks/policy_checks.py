"""Whether policies change their mind without any change of a row, which nothing announces. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rtwidget.doctor.finding import Finding, ok, problem, skipped, warning
from rtwidget.doctor.postgres.catalog_facts import Facts, Policy

# PostgREST sets these, and Realtime does not: a policy that reads one is true for reads alone.
_SETTINGS_OF_READS = re.compile(r"current_setting\('request\.(?!jwt\.claims')", re.IGNORECASE)
_TIME = re.compile(
    r"\b(now\s*\(\s*\)|current_(date|time|timestamp)\b|local(time|timestamp)\b"
    r"|(clock|statement|transaction)_timestamp\s*\(\s*\)|timeofday\s*\(\s*\))",
    re.IGNORECASE,
)
# As the catalog prints a subselect: `extract(day from ...)` stands on one line, and `(select auth.uid())` reads no table.
_SUBSELECT = re.compile(r"\n\s*from\b", re.IGNORECASE)
# What a function's text says that is no SQL of it: comments, and texts between quotes.
_NO_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
# These ask for a part of a value, or compare two.
_OTHER_FROM = re.compile(
    r"\b(extract|substring|overlay|trim)\s*\([^()]*\bfrom\b|\bdistinct\s+from\b", re.IGNORECASE
)
_TABLE = re.compile(r"\b(from|join)\s+(only\s+|lateral\s+)?[\"\w]", re.IGNORECASE)
_BY_PASSES = (
    "Nothing announces that; the next verifying read finds it. `verify_every=10` makes one every 10 s, "
    "or touch the rows in the same transaction."
)


def check_policies(facts: Facts) -> Finding:
    """Return whether some policy changes its mind without any change of the row (any thread).

    A function that a policy calls is read too; what that function calls in its turn is not.
    """
    check, role = "policies", facts.role
    if role is None or not facts.is_bound:
        return skipped(check, "No policy decides for this role.")
    if not role.policies:
        return skipped(check, "There is no policy for this role.")
    # Worst first: such rows are read, and never announced.
    mute = [one.name for one in role.policies if _SETTINGS_OF_READS.search(one.condition)]
    if mute:
        return problem(
            check,
            f"{_policies(mute)} reads settings that only the REST API sets, so the stream hides rows that reads show.",
            "Use `auth.uid()` or `auth.jwt()`, which read `request.jwt.claims`, instead.",
        )
    said = [*_by_time(role.policies), *_by_tables(role.policies)]
    if said:
        return warning(check, " ".join(said), _BY_PASSES)
    return ok(check, "They depend on the row and on who reads it alone.")


def _by_time(policies: Sequence[Policy]) -> Iterator[str]:
    end = "depends on the time: rows come and go without a change."
    direct = [one.name for one in policies if _TIME.search(_NO_CODE.sub("", one.condition))]
    if direct:
        yield f"{_policies(direct)} {end}"
    # Most policies call a function of somebody's own, and the reason stands in there.
    for name, function in _calls(policies, _TIME):
        yield f"{_policies([name])} calls {function}(), which {end}"


def _by_tables(policies: Sequence[Policy]) -> Iterator[str]:
    end = "a change there shows or hides rows here."
    for policy in policies:
        # Of tables of the system the catalog keeps no record.
        if policy.tables or _SUBSELECT.search(policy.condition):
            which = f", {', '.join(policy.tables)}" if policy.tables else ""
            yield f"{_policies([policy.name])} depends on another table{which}: {end}"
    for name, function in _calls(policies, _TABLE):
        yield f"{_policies([name])} calls {function}(), which reads a table: {end}"


def _calls(policies: Sequence[Policy], words: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield each policy and function of it whose text holds such words."""
    for policy in policies:
        for call in policy.calls:
            # By words and not by a parser: to warn once too often costs less than to miss a reason.
            if words.search(_OTHER_FROM.sub("", _NO_CODE.sub("", call.text))):
                yield policy.name, call.name


def _policies(names: Sequence[str]) -> str:
    return f"The policy {' and '.join(map(_in_quotes, names))}"


def _in_quotes(name: str) -> str:
    return f'"{name}"'
