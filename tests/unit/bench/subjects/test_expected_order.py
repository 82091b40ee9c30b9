"""The bench's own checks can fail: a wrong order, a row too few, an order that is behind."""

from __future__ import annotations

from bench.subjects.expected_order import ExpectedOrder, ages_s
from bench.subjects.sample import SCHEMA, row
from rtwidget.replica.keys import NumberText, Row

ROWS = 1_000


def priced(key: int, revision: int, price: str) -> Row:
    cells = list(row(key, revision))
    cells[SCHEMA.names.index("price")] = NumberText(price)
    return tuple(cells)


def test_the_last_updated_row_comes_first_while_its_price_passes() -> None:
    expected = ExpectedOrder(row(key) for key in range(ROWS))
    expected.take([[priced(7, 1, "900"), priced(8, 2, "900")]])
    assert expected.first_key == 8
    expected.take([[priced(8, 3, "1")]])
    assert expected.first_key == 7


def test_a_view_holds_only_with_all_rows_in_order() -> None:
    expected = ExpectedOrder(priced(key, key + 1, "900") for key in range(ROWS))
    order = list(reversed(range(ROWS)))
    assert expected.holds(ROWS, lambda first, count: order[first : first + count])
    assert not expected.holds(ROWS - 1, lambda first, count: order[first : first + count])
    order[3], order[4] = order[4], order[3]
    assert not expected.holds(ROWS, lambda first, count: order[first : first + count])


def test_an_order_is_as_old_as_the_first_batch_that_it_lacks() -> None:
    newest, put_at = [10, 11, 12], [0.0, 1.0, 2.0]
    current = [(0.5, 10), (1.5, 11), (2.5, 12)]
    assert ages_s(newest, put_at, current) == [0.0, 0.0, 0.0]
    behind = [(0.5, 99), (1.5, 10), (2.5, 10)]
    assert ages_s(newest, put_at, behind) == [0.5, 0.5, 1.5]
