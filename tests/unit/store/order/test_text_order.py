"""What many texts are sorted by: numbers made of their keys, where these tell them apart."""

from __future__ import annotations

import pyarrow as pa

from rtwidget.store.cells.typed_arrays import TEXT
from rtwidget.store.order.text_order import sortable_arrays


def test_texts_are_sorted_by_words_only_where_these_tell_them_apart() -> None:
    telling = pa.array([f"{number * 7919 % 100_003:x} and more" for number in range(5_000)])
    alike = pa.array([f"{'ab'[number % 2]}{'x' * 30}{number}" for number in range(5_000)])
    assert [len(sortable_arrays(texts.cast(TEXT))) for texts in (telling, alike)] == [4, 2]
