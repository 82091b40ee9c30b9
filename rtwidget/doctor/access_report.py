"""What a table says of who reads it: the report, and the checks that are the same for every source. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from rtwidget.doctor.checks.access_checks import duration
from rtwidget.doctor.finding import Finding, ok, skipped, warning
from rtwidget.doctor.report import as_html, as_text


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """As whom a table is read.

    Args:
        table: The table.
        role: The database role; None when only the server knows.
        claims: The names of the token's claims; values are never kept.
        service_key: Whether the key is a service or secret key.
        bypasses_row_security: Whether row-level security does not bind the reads; None when only the server knows.
        agrees: Whether the notifications come for the same reader as the rows; None when that is not known.
        findings: The same in sentences.
    """

    table: str
    role: str | None
    claims: tuple[str, ...]
    service_key: bool
    bypasses_row_security: bool | None
    agrees: bool | None
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        return as_text(f"{self.table}: who reads it", self.findings)

    def _repr_html_(self) -> str:
        return as_html(f"{self.table}: who reads it", self.findings)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a table has seen so far.

    Args:
        rows: How many rows it shows; None when it never had all of them.
        is_live: Whether notifications flow.
        unannounced: How often rows were found to have changed although nothing had announced it.
        agreed_ago_s: How long ago a probe saw what notifications had led to, in seconds; None when none has yet.
    """

    rows: int | None
    is_live: bool
    unannounced: int
    agreed_ago_s: float | None = None


def check_seen(seen: Seen) -> Finding:
    """Return whether rows are visible (any thread)."""
    if seen.rows is None:
        return skipped("rows", "They have not been read whole yet.")
    if seen.rows:
        return ok("rows", f"{seen.rows:,} row{' is' if seen.rows == 1 else 's are'} visible.")
    # An empty table and a hidden one look the same to whoever may not see the rows.
    said = "No row is visible. Either there is none, or a filter or row-level security hides all of them."
    return warning("rows", said, "`t.doctor()` looks which it is.")


def check_agreement(seen: Seen, how: str) -> Finding:
    """Return whether the stream announces what reads see (any thread).

    Args:
        seen: What the table has seen.
        how: Why both are the same reader, in a sentence.
    """
    if not seen.is_live:
        return skipped("agreement", "No notifications flow now, so there is nothing to compare.")
    # Looked at before the probe: one that agrees now does not undo what was missed.
    if seen.unannounced:
        times = "once" if seen.unannounced == 1 else f"{seen.unannounced} times"
        said = f"{how} But {times} rows had changed that nothing announced."
        return warning(
            "agreement",
            said,
            "It happens after faults of the server. If it goes on, `t.doctor(dsn=...)` looks whether a policy hides rows from the stream.",
        )
    if seen.agreed_ago_s is None:
        return ok("agreement", f"{how} No probe has compared them yet.")
    # This machine's clock may have been set back since.
    ago = duration(max(0.0, seen.agreed_ago_s))
    return ok("agreement", f"{how} {ago} ago a probe saw what it had announced, and nothing else.")
