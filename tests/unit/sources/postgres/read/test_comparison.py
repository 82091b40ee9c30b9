"""How values of a type are compared: by which operator, and whether the server infers the type of a value."""

from __future__ import annotations

import msgspec
import pytest

from rtwidget.sources.postgres.read.comparison import Comparison, Operator, Symbol
from tests.unit.sources.postgres.read.statements import of

SYMBOLS: tuple[tuple[Symbol, str], ...] = (
    ("lt", "#<#"),
    ("lte", "#<=#"),
    ("eq", "="),
    ("gte", "#>=#"),
    ("gt", "#>#"),
)
HSTORE = of("ext", symbols="#<# #<=# = #>=# #>#")


def out_of_reach(comparison: Comparison) -> Comparison:
    return msgspec.structs.replace(comparison, reachable=False)


@pytest.mark.parametrize(("symbol", "name"), SYMBOLS)
def test_each_comparison_has_the_types_own_operator(symbol: Symbol, name: str) -> None:
    assert HSTORE.operator(symbol) == Operator("ext", name)


def test_what_the_role_may_not_name_is_compared_as_arrays_are() -> None:
    hidden = out_of_reach(HSTORE)
    assert hidden.operator("lte") == Operator("pg_catalog", "<=")
    assert hidden.one_by_one
    assert hidden.gives_type


@pytest.mark.parametrize(
    ("over", "gives_type"),
    [
        (None, True),
        ("anyenum", True),
        ("anyarray", True),
        ("anyrange", True),
        ("anymultirange", True),
        ("text", False),
        ("record", False),
    ],
)
def test_a_value_beside_a_column_is_of_its_type_unless_the_operator_takes_another(
    over: str | None, *, gives_type: bool
) -> None:
    assert of("pg_catalog", over).gives_type is gives_type


def test_lists_of_arrays_are_compared_one_by_one_and_rows_are_no_arrays() -> None:
    arrays, rows = of("pg_catalog", "anyarray"), of("pg_catalog", "record")
    assert (arrays.one_by_one, arrays.of_arrays, arrays.of_rows) == (True, True, False)
    assert (rows.one_by_one, rows.of_arrays, rows.of_rows) == (False, False, True)


def test_it_is_read_as_the_catalog_writes_it_and_with_all_five_only() -> None:
    pairs = [["ext", name] for _, name in SYMBOLS]
    answer = msgspec.json.encode({"over": None, "reachable": True, "operators": pairs})
    assert msgspec.json.decode(answer, type=Comparison) == HSTORE
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"operators": pairs[1:]}, Comparison)
