"""What a feed has cost and done so far."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Stats:
    """Counters since the feed began; several tables may share one feed.

    Args:
        connections: How often the notification stream went live.
        notifications: How many notifications came.
        key_reads: How many reads of dirty keys were answered.
        passes: How many passes were completed.
        pages: How many pages of passes were answered.
        rows_read: How many rows came back.
        wire_bytes: What the answers took on the wire, in bytes.
        failed_reads: How many reads failed and were tried again.
        probes: How many probes were answered.
        losses_found: How often a probe saw changes that nothing had announced.
        agreed_at: When a probe last saw what notifications had led to, in Unix seconds; None when none has yet.
        repaired_rows: How many rows passes after the first one found different, missing or gone.
    """

    connections: int = 0
    notifications: int = 0
    key_reads: int = 0
    passes: int = 0
    pages: int = 0
    rows_read: int = 0
    wire_bytes: int = 0
    failed_reads: int = 0
    probes: int = 0
    losses_found: int = 0
    agreed_at: float | None = None
    repaired_rows: int = 0
