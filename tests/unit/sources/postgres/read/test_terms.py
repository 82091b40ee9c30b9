"""The filter of a request as SQL."""

from __future__ import annotations

import pytest

from rtwidget.errors import FilterError
from tests.unit.sources.postgres.read.statements import query, where


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("d=gt.x", '"d" operator("ext".>) $1'),
        ("d=neq.x", 'not ("d" operator("ext".=) $1)'),
        ("d=not.neq.x", '"d" operator("ext".=) $1'),
        ("d=ilike.x*", '"d" operator("ext".~~*) $1'),
        ("e=lte.k=>v", '"e" operator("ext".#<=#) $1'),
        ("g=eq.{a}", '"g" op(=) $1'),
        ('g=in.("{a}","{b}")', '("g" op(=) $1 or "g" op(=) $2)'),
        ("g=in.()", "false"),
        ("f=eq.x", '"f" op(=) $1::"pg_catalog"."varchar"'),
        ("h=eq.(1,2)", '"h" op(=) $1'),
    ],
)
def test_a_filter_compares_as_the_type_does(given: str, held: str) -> None:
    assert where(query(given=given).count()).startswith(held)


def test_what_only_postgrest_understands_is_refused() -> None:
    for given in ("or=(a.eq.1,a.eq.2)", "c=fts.word", "c->x=eq.1"):
        with pytest.raises(FilterError, match="Supabase"):
            query(given=given)
