"""Which cells of a change are known, new and old."""

from __future__ import annotations

from datetime import UTC, datetime

from rtwidget.local.capture.logged_row import LoggedRow, read_batch
from rtwidget.local.capture.pgoutput_messages import UNCHANGED, Begin, Change, Column, Relation
from tests.unit.local.capture.message_bytes import encode_begin, encode_change, encode_relation

TABLE = Relation(
    5, "public", "t", (Column("id", 20, is_identity=True), Column("a", 25, is_identity=False))
)
AT = datetime(2026, 1, 2, tzinfo=UTC)


def rows_of(*changes: Change) -> list[tuple[dict[str, str | None], dict[str, str | None]]]:
    begin, relation = encode_begin(Begin(9, AT)), encode_relation(TABLE)
    batch = read_batch([begin, relation, *map(encode_change, changes), b"C"])
    assert batch.xids == {9}
    return [(row.new, row.old) for row in batch.rows]


def test_update_without_old_row_knows_its_key() -> None:
    change = Change("UPDATE", 5, ("1", "x"), None, old_is_key=False)
    assert rows_of(change) == [({"id": "1", "a": "x"}, {"id": "1"})]


def test_changed_key_is_in_the_old_row_and_only_the_key() -> None:
    change = Change("UPDATE", 5, ("2", "x"), ("1", None), old_is_key=True)
    assert rows_of(change) == [({"id": "2", "a": "x"}, {"id": "1"})]


def test_unchanged_large_value_is_absent_or_taken_from_a_full_old_row() -> None:
    absent = Change("UPDATE", 5, ("1", UNCHANGED), None, old_is_key=False)
    taken = Change("UPDATE", 5, ("1", UNCHANGED), ("1", "big"), old_is_key=False)
    assert rows_of(absent, taken) == [
        ({"id": "1"}, {"id": "1"}),
        ({"id": "1", "a": "big"}, {"id": "1", "a": "big"}),
    ]


def test_delete_knows_the_identity_only() -> None:
    change = Change("DELETE", 5, None, ("1", None), old_is_key=True)
    assert rows_of(change) == [({}, {"id": "1"})]


def test_filters_look_at_the_old_cells_of_a_deleted_row_only() -> None:
    new: dict[str, str | None] = {"id": "1"}
    old: dict[str, str | None] = {"id": "2"}
    assert LoggedRow("UPDATE", 5, new, old, AT).filter_cells == new
    assert LoggedRow("DELETE", 5, new, old, AT).filter_cells == old


def test_the_size_of_a_row_counts_the_bytes_of_both_rows() -> None:
    assert LoggedRow("UPDATE", 5, {"a": "é", "b": None}, {"a": "xyz"}, AT).size_bytes == 5
