"""As whom a PostgreSQL table is read."""

from __future__ import annotations

from rtwidget.abc import SourceRequest
from rtwidget.doctor.access_report import Access, Seen, judge_agreement, judge_seen
from rtwidget.doctor.checks.catalog_checks import judge_row_security
from rtwidget.doctor.checks.listen_checks import judge_role
from rtwidget.doctor.checks.policy_checks import judge_policies
from rtwidget.doctor.postgres.catalog_query import ask_catalog
from rtwidget.sources.postgres.request import PostgresRequest


async def access_of_postgres(request: SourceRequest, seen: Seen) -> Access | None:
    """Return as which role a request reads, or None when it is for another source (any loop).

    Raises:
        SourceError: When the login is refused, or there is no such table.
    """
    if not isinstance(request, PostgresRequest):
        return None
    schema, table = request.wanted.schema, request.wanted.table
    facts = await ask_catalog(request.address, schema, table)
    agreement = judge_agreement(seen, "Both use the same login, and notifications hold keys alone.")
    role = facts.role
    return Access(
        request.title,
        role.name if role else None,
        (),
        service_key=False,
        bypasses_row_security=facts.row_security and not facts.is_bound,
        agrees=None if agreement.verdict == "skipped" else agreement.verdict == "ok",
        findings=(
            judge_role(facts),
            judge_row_security(facts, schema, table),
            judge_policies(facts),
            judge_seen(seen),
            agreement,
        ),
    )
