"""Trees of conditions: where they end."""

from __future__ import annotations

import pytest

from rtwidget.errors import FilterError
from rtwidget.sources.query.filter_tree import is_one_tree
from rtwidget.sources.query.filters import parse_filter


@pytest.mark.parametrize(
    "tree",
    [
        "(a.eq.1)",
        '(a.eq.1,b.not.in.(1,"),",2))',
        '("a.b,)".eq."x,)\\"y",or(c.is.null,not.and(d.like.*x(,e.cs.{a,"b"})))',
        "(a.eq.,b.eq.1)",
        '(a.eq.x"y,b.eq.(1)',
        "( a.eq.1 , not.or ( b.eq.2 , c.eq.3 ) )",
        '(p->>k.eq.1,p->q->>"r.s".gt.2,t.fts(english).cat,n.like(any).{a*,b*})',
        '(a.eq."{",b.eq.{1,2})',
    ],
)
def test_a_tree_is_one_pair_of_parentheses(tree: str) -> None:
    assert is_one_tree(tree)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "()",
        "(a.eq.1),(b.eq.2)",
        "(a.eq.1),or(b.eq.2)",
        "(a.eq.1",
        "(a.eq.1,)",
        "(a.eq.1))",
        "(a.eq.1),b.in.(2)",
        "(or(a.eq.1)),or(b.eq.2)",
        '(a.eq."x)',
        "(a)",
        "a.eq.1",
    ],
)
def test_what_is_no_tree_is_refused(text: str) -> None:
    """Beside another condition it would mean something else."""
    assert not is_one_tree(text)
    with pytest.raises(FilterError, match="one pair of parentheses"):
        parse_filter(f"or={text}")
