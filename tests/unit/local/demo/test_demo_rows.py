"""The demo's rows: the same for the same seed, and with holes where a demo needs them."""

from __future__ import annotations

from random import Random

from rtwidget.local.demo.demo_rows import STATUSES, make_proposal


def test_same_seed_same_rows() -> None:
    assert [make_proposal(Random(3)) for _ in range(5)] == [make_proposal(Random(3))] * 5


def test_every_kind_of_hole_occurs() -> None:
    random = Random(7)
    rows = [make_proposal(random) for _ in range(400)]
    for name in ("score", "amount", "payload", "due"):
        absent = [row for row in rows if getattr(row, name) is None]
        assert 0 < len(absent) < len(rows) / 2, name
    assert any(row.title == "" for row in rows)
    assert any(row.tags == [] for row in rows)
    assert {row.status for row in rows} == set(STATUSES)


def test_values_fit_their_columns() -> None:
    random = Random(7)
    for row in (make_proposal(random) for _ in range(2000)):
        assert row.score is None or 0 <= row.score <= 1
        assert row.amount is None or (
            0 <= row.amount < 10**10 and row.amount.as_tuple().exponent == -2
        )
