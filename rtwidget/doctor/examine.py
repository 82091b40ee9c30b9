"""`examine`: a request to a report, whatever its source."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rtwidget.doctor.finding import Finding, ok, skipped
from rtwidget.doctor.report import Report
from rtwidget.doctor.supabase import SupabaseExamination
from rtwidget.sources.base import SourceRequest
from rtwidget.sources.supabase.request import SupabaseRequest

_PACKAGES = ("rtwidget", "httpx", "websockets", "psycopg")


async def examine(
    request: SourceRequest,
    *,
    write: Mapping[str, str] | None = None,
    wall: Callable[[], float] = time.time,
) -> Report:
    """Return what may keep a table from being live; changes nothing unless `write` names a row (any loop).

    Args:
        request: What to read, and as whom.
        write: The key of a row that may be touched, by column; None to write nothing.
        wall: This machine's clock, in Unix seconds.
    """
    findings: list[Finding]
    if isinstance(request, SupabaseRequest):
        examination = SupabaseExamination(request, wall, write)
        await examination.run()
        findings = examination.findings
    else:
        findings = [skipped("source", "There are no checks for this source.")]
    return Report(request.title, (*findings, _versions()))


def _versions() -> Finding:
    named = [f"Python {platform.python_version()}"]
    for package in _PACKAGES:
        try:
            named.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue  # an extra that is not installed
    return ok("versions", f"{', '.join(named)}.")
