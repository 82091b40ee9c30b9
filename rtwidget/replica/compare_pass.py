"""Compare passes: for big tables, pages of key and version only (SPEC.md, clause 4h)."""

from __future__ import annotations

from collections.abc import Mapping

from rtwidget.replica.keys import Cell, Key
from rtwidget.replica.reads_in_flight import PageRead
from rtwidget.replica.rules import Replica


def take_versions(
    replica: Replica, page: PageRead, versions: Mapping[Key, Cell], position: int
) -> list[Key]:
    """Take some versions of a page that stays under way: equal ones are verified, others become dirty, and are seen.

    Args:
        replica: The replica.
        page: The page.
        versions: The version of each row that came back.
        position: Where the version column stands in a stored row.

    Returns:
        The rows that became dirty and had not been announced.
    """
    if page.of is not replica.running:
        return []
    page.of.rows += len(versions)
    different = []
    for key, version in versions.items():
        row = replica.rows.row(key)
        if row is None or row[position] != version:
            different.append(key)
        else:
            # Its stamp stays, because the row itself was not read: columns may change without a new version.
            replica.rows.note(key, page.start)
    # Seen, so that no sweep takes them before they are read again.
    page.of.seen.update(different)
    # Told apart before all are made dirty: a key that was dirty already had been announced, and proves no loss.
    unannounced = [key for key in different if key not in replica.dirty]
    replica.invalidate(different)
    return unannounced
