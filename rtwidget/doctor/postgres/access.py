"""As whom a PostgreSQL table is read."""

from __future__ import annotations

from rtwidget.abc import SourceRequest
from rtwidget.doctor.access_report import Access, Seen, check_agreement, check_seen
from rtwidget.doctor.checks.catalog_checks import check_row_security
from rtwidget.doctor.checks.listen_checks import check_role
from rtwidget.doctor.checks.policy_checks import check_policies
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
    # The catalog is asked over a connection of its own, because the table's may be what is broken.
    facts = await ask_catalog(request.address, schema, table)
    agreement = check_agreement(seen, "Both use the same login, and notifications hold keys alone.")
    role = facts.role
    return Access(
        request.title,
        role.name if role else None,
        (),
        service_key=False,
        bypasses_row_security=facts.row_security and not facts.is_bound,
        agrees=None if agreement.verdict == "skipped" else agreement.verdict == "ok",
        findings=(
            check_role(facts),
            check_row_security(facts, schema, table),
            check_policies(facts),
            check_seen(seen),
            agreement,
        ),
    )
