"""`examine`: a request to a report, whatever its source."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from rtwidget.abc import SourceRequest
from rtwidget.doctor.checks.touchable_row import touched_key
from rtwidget.doctor.finding import Finding, skipped
from rtwidget.doctor.merging import with_catalog
from rtwidget.doctor.report import Report
from rtwidget.doctor.supabase.examination import SupabaseExamination
from rtwidget.doctor.versions import judge_versions, supabase_servers
from rtwidget.errors import ArgumentError
from rtwidget.sources.postgres.factory import address_of
from rtwidget.sources.secret import veiled
from rtwidget.sources.supabase.credentials.bearer import ANONYMOUS_ROLE
from rtwidget.sources.supabase.request import SupabaseRequest

if TYPE_CHECKING:
    from rtwidget.sources.postgres.connect.address import Address

Examined = tuple[list[Finding], list[str]]
"""What was found, and the versions of the servers."""
_NO_CATALOG = "Grants, policies and the replica identity are looked at when `dsn=` (or `--dsn`) gives the database."
_UNKNOWN = skipped("source", "There are no checks for this source.")


async def examine(
    request: SourceRequest,
    *,
    dsn: object = None,
    write: object = None,
    insecure: bool = False,
    wall: Callable[[], float] = time.time,
) -> Report:
    """Return what may keep a table from being live; changes nothing unless `write` names a row (any loop).

    Args:
        request: What to read, and as whom.
        dsn: A connection string of the project's database, or a `Postgres`, to look into its catalog too; None not to.
        write: The key of a row that may be touched: a value, or several where more columns are the key; None to write nothing.
        insecure: Whether that connection may be without TLS, or without a proof whose it is, to another machine.
        wall: This machine's clock, in Unix seconds.

    Raises:
        ArgumentError: When the connection string cannot work, or there is no use for it.
    """
    dsn, touched = veiled(dsn), touched_key(write)
    if isinstance(request, SupabaseRequest):
        address = None if dsn is None else address_of(dsn, argument="dsn", insecure=insecure)
        findings, servers = await _examine_supabase(request, wall, touched, address)
    elif dsn is not None:
        raise ArgumentError(
            "dsn= is for tables of Supabase.", "A PostgreSQL source reads the catalog anyway."
        )
    else:
        findings, servers = await _examine_other(request, wall, touched)
    return Report(request.title, (*findings, judge_versions(servers)))


async def _examine_supabase(
    request: SupabaseRequest,
    wall: Callable[[], float],
    touched: tuple[str, ...] | None,
    address: Address | None,
) -> Examined:
    examination = SupabaseExamination(request, wall, touched, looked_up=address is not None)
    await examination.run()
    if address is None:
        servers = supabase_servers(examination.postgrest, None)
        return [*examination.findings, skipped("catalog", _NO_CATALOG)], servers
    from rtwidget.doctor.supabase.catalog_findings import look_into  # noqa: PLC0415  (an extra)

    wanted = request.wanted
    role = examination.bearer.role or ANONYMOUS_ROLE
    looked_up, postgres = await look_into(address, wanted, role)
    servers = supabase_servers(examination.postgrest, postgres)
    return with_catalog(examination.findings, looked_up), servers


async def _examine_other(
    request: SourceRequest, wall: Callable[[], float], touched: tuple[str, ...] | None
) -> Examined:
    try:
        from rtwidget.doctor.postgres.examination import PostgresExamination  # noqa: PLC0415  (an extra)
        from rtwidget.sources.postgres.request import PostgresRequest  # noqa: PLC0415
    except ImportError:
        return [_UNKNOWN], []
    if not isinstance(request, PostgresRequest):
        return [_UNKNOWN], []
    examination = PostgresExamination(request, wall, touched)
    await examination.run()
    version = examination.version
    return examination.findings, [f"PostgreSQL {version}"] if version else []
