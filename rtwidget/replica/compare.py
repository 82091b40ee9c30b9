"""Compare passes: for big tables, pages of key and version only (design section 2)."""

from __future__ import annotations

from collections.abc import Mapping

from rtwidget.replica.keys import Cell, Key
from rtwidget.replica.reads import PageRead
from rtwidget.replica.rules import Replica


def complete_versions(
    replica: Replica,
    page: PageRead,
    versions: Mapping[Key, Cell],
    position: int,
    last: Key | None,
) -> None:
    """Take a page of versions: equal ones are verified, others become dirty, and are seen, so that no sweep takes them.

    Args:
        replica: The replica.
        page: The page.
        versions: The version of each row that came back.
        position: Where the version column stands in a stored row.
        last: The last key that the server returned; None for an empty page.
    """
    current = page.of is replica.running
    replica.complete_page(page, {}, last)
    if not current:
        return
    page.of.rows += len(versions)
    different = []
    for key, version in versions.items():
        row = replica.rows.row(key)
        if row is None or row[position] != version:
            different.append(key)
        else:
            # Verified only when the pass is complete, and with it that the columns are still the same.
            replica.rows.note(key, page.start)
    page.of.seen.update(different)
    replica.invalidate(different)
