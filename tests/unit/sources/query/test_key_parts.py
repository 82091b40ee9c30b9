"""What can be a key: to the last value of each type, because one more would make the database refuse the whole read."""

from __future__ import annotations

import pytest

from rtwidget.replica.keys import Cell, JsonText, NumberText
from rtwidget.sources.query.key_parts import MOST_CHARACTERS, can_be, can_be_announced

UUID = "0190a5b2-1c3d-7e4f-8a9b-0123456789ab"


@pytest.mark.parametrize(
    ("type_name", "fit", "unfit"),
    [
        ("int2", [-32_768, 0, 32_767], [-32_769, 32_768, True, "1", 1.5, None]),
        ("int4", [-2_147_483_648, 2_147_483_647], [-2_147_483_649, 2_147_483_648]),
        ("int8", [-(2**63), 2**63 - 1], [-(2**63) - 1, 2**63]),
        ("oid", [0, 4_294_967_295], [4_294_967_296]),
        ("bool", [True, False], [1, 0, "true", None]),
        ("uuid", [UUID], [UUID.upper(), f"{UUID}0", UUID[1:], "", 1]),
        ("numeric", [5, NumberText("1.5")], [True, JsonText("[1]")]),
        ("text", ["", "a" * MOST_CHARACTERS], ["a" * (MOST_CHARACTERS + 1), "a\0b", 5, True]),
    ],
)
def test_a_key_is_a_value_that_its_column_can_hold(
    type_name: str, fit: list[Cell], unfit: list[Cell]
) -> None:
    assert [part for part in fit if not can_be(part, type_name)] == []
    assert [part for part in unfit if can_be(part, type_name)] == []


def test_a_domain_has_a_name_of_its_own_and_may_hold_anything_that_is_a_key() -> None:
    assert can_be_announced(5, "positive")
    assert can_be_announced("a", None)
    assert not can_be_announced("a\0", "name_of_a_domain")
    assert not can_be_announced(2**31, "int4")
