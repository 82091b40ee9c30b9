"""Which table somebody may have meant."""

from __future__ import annotations

import msgspec
import pytest

from rtwidget.sources.postgres.catalog.nearest_names import nearest, no_table

KNOWN = msgspec.json.encode(
    [["public", "Orders"], ["public", "order_items"], ["sales", "invoices"], ["app", "users"]]
)


@pytest.mark.parametrize(
    ("schema", "table", "meant"),
    [
        ("public", "sales.invoices", "`'invoices', schema='sales'`"),
        ("public", "invoices", "`'invoices', schema='sales'`"),
        ("public", "orders", "`'Orders'`"),
        ("public", "order_item", "`'order_items'`"),
        ("sale", "invoice", "`'invoices', schema='sales'`"),
    ],
)
def test_the_likeliest_table_is_told_as_it_is_passed(schema: str, table: str, meant: str) -> None:
    assert f"Perhaps you meant {meant}" in no_table(schema, table, KNOWN).hint


@pytest.mark.parametrize("answer", [KNOWN, b"[]", None])
def test_a_name_like_no_other_is_only_asked_to_be_checked(answer: bytes | None) -> None:
    error = no_table("public", "zzz", answer)
    assert error.hint.startswith("Check the name")
    assert "zzz" in error.message


def test_case_counts_for_nothing_and_three_are_enough() -> None:
    assert nearest("ID", ["id", "Id", "other"]) == ["id", "Id"]
    assert len(nearest("aaaa", ["aaab", "aaac", "aaad", "aaae"])) == 3
