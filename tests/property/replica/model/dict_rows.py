"""The smallest store that the rule can work on."""

from __future__ import annotations

from rtwidget.replica.keys import Key, Row


class DictRows:
    """Rows and stamps in two dicts; it fails where the rule asks for something impossible."""

    def __init__(self) -> None:
        self.rows: dict[Key, Row] = {}
        self.stamps: dict[Key, int] = {}
        self.noted: dict[Key, int] = {}
        self.area_of: dict[Key, int] = {}
        self.opened = 0

    def stamp(self, key: Key) -> int | None:
        return self.stamps.get(key)

    def seen(self, key: Key) -> int | None:
        stamp = self.stamps.get(key)
        return None if stamp is None else max(stamp, self.noted.get(key, stamp))

    def row(self, key: Key) -> Row | None:
        return self.rows.get(key)

    def note(self, key: Key, stamp: int) -> None:
        self.noted[key] = stamp

    def areas(self, wanted: int) -> list[int]:
        self.opened += wanted
        return list(range(self.opened - wanted + 1, self.opened + 1))

    def put(self, key: Key, row: Row, stamp: int, area: int = -1) -> frozenset[int] | None:
        before = self.rows.get(key)
        self.area_of.setdefault(key, self.opened if area == -1 else area)
        self.rows[key] = row
        self.stamps[key] = stamp
        if before is None:
            return None
        pairs = zip(before, row, strict=True)
        return frozenset(position for position, (old, new) in enumerate(pairs) if old != new)

    def remove(self, key: Key) -> None:
        del self.rows[key]
        del self.stamps[key]
        self.noted.pop(key, None)
        del self.area_of[key]

    def unseen_since(self, start: int) -> list[Key]:
        return [key for key in self.rows if (self.seen(key) or 0) < start]

    def clear(self) -> None:
        self.rows.clear()
        self.stamps.clear()
        self.noted.clear()
        self.area_of.clear()

    def in_order(self) -> list[Key]:
        """Return the keys as a snapshot has them: area by area, in each as they came."""
        return sorted(self.rows, key=self.area_of.__getitem__)
