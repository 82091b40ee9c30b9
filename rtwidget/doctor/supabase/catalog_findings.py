"""What the database behind a Supabase table says of it, where its connection string is given."""

from __future__ import annotations

from rtwidget.abc import TableQuery
from rtwidget.doctor.checks.catalog_checks import judge_grants, judge_row_security
from rtwidget.doctor.checks.policy_checks import judge_policies
from rtwidget.doctor.checks.publication_checks import judge_identity, judge_log, judge_publication
from rtwidget.doctor.finding import Finding, untried
from rtwidget.doctor.postgres.catalog_query import ask_catalog
from rtwidget.errors import SourceError
from rtwidget.sources.postgres.connect.address import Address


async def look_into(
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
        return [untried("catalog", error)], None
    key = wanted.key or facts.key
    findings = [
        judge_log(facts),
        judge_grants(facts, schema, table, key),
        judge_row_security(facts, schema, table),
        judge_policies(facts),
        judge_publication(facts, schema, table),
        judge_identity(facts, schema, table, key),
    ]
    return findings, facts.version
