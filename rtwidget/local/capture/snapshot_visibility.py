"""Whether a logged transaction is visible to new snapshots yet. Pure.

A commit is in the log before other sessions see it. A client that reads on a notification must
find the row, so a frame waits for its transaction.
"""

from __future__ import annotations

_XID_BITS = 32


def are_visible(xids: frozenset[int], snapshot: str) -> bool:
    """Tell whether a snapshot sees all of these transactions.

    Args:
        xids: 32-bit transaction numbers of recent commits.
        snapshot: Text of `pg_current_snapshot()`, with 64-bit numbers: `xmin:xmax:running,...`.
    """
    _, upper, running = snapshot.split(":")
    # Everything from here on had not begun when the snapshot was taken.
    limit = int(upper)
    still_running = {int(xid) for xid in running.split(",") if xid}
    return all(
        full < limit and full not in still_running for full in (_widen(xid, limit) for xid in xids)
    )


def _widen(xid: int, near: int) -> int:
    """Return the 64-bit number that ends in these 32 bits and lies nearest."""
    # The log has the lower 32 bits only, and they start again after four thousand million transactions.
    span = 1 << _XID_BITS
    full = near - near % span + xid
    if full - near > span // 2:
        return full - span
    if near - full > span // 2:
        return full + span
    return full
