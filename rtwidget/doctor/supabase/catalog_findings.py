"""What the database behind a Supabase table says of it, where its connection string is given."""

from __future__ import annotations

from rtwidget.abc import TableQuery
from rtwidget.doctor.checks.catalog_checks import check_grants, check_row_security
from rtwidget.doctor.checks.policy_checks import check_policies
from rtwidget.doctor.checks.publication_checks import check_identity, check_log, check_publication
from rtwidget.doctor.finding import Finding, untried
from rtwidget.doctor.postgres.catalog_query import ask_catalog
from rtwidget.errors import SourceError
from rtwidget.sources.postgres.connect.address import Address


async def check_catalog(
    address: Address, wanted: TableQuery, role: str
) -> tuple[list[Finding], str | None]:
    """Return what the catalog says of a table as a role reads it, and PostgreSQL's version (any loop).

    Args:
        address: The project's database.
        wanted: Names the table.
        role: As which role the REST API reads it.
    """
    schema, table = wanted.schema, wanted.table
    try:
        facts = await ask_catalog(address, schema, table, role)
    except SourceError as error:
        # A warning alone: rows and stream do not go this way.
        return [untried("catalog", error)], None
    key = wanted.key or facts.key
    findings = [
        check_log(facts),
        check_grants(facts, schema, table, key),
        check_row_security(facts, schema, table),
        check_policies(facts),
        check_publication(facts, schema, table),
        check_identity(facts, schema, table, key),
    ]
    return findings, facts.version
