"""PostgREST's trees of conditions, `or=(a.eq.1,and(b.gt.2,c.is.null))`: read only as far as to know where they end."""

from __future__ import annotations

import re

# One term that PostgREST would read in another way than we do could close the tree of ours that it is put into, and so
# take away a condition. So whatever is not clearly one tree is refused.
_TEXT = r'"(?:[^"\\]|\\.)*"'
_ITEM = rf'(?:{_TEXT}|(?!")[^,)]*)'
_FIRST, _TREE = re.compile(r"\s*\("), re.compile(r"\s*(?:not\.)?(?:and|or)\s*\(")
_FILTER = re.compile(
    rf'\s*(?:{_TEXT}|[^".,()])+\.(?:not\.)?(?:in\.\({_ITEM}(?:,{_ITEM})*\)'
    rf"|[a-z]+(?:\([^)]*\))?\.(?:{_TEXT}(?=\s*[,)])|\{{[^{{}}]*\}}(?=\s*[,)])|(?!\")[^,)]*))",
    re.DOTALL,
)
_COMMA, _CLOSES = re.compile(r"\s*,"), re.compile(r"\s*\)")


def is_one_tree(text: str) -> bool:
    """Whether a text is one pair of parentheses with terms between, so that it means the same inside of another (any thread)."""
    depth = position = 0
    while True:
        opening = (_TREE if depth else _FIRST).match(text, position)
        if opening is not None:
            depth, position = depth + 1, opening.end()
            continue
        found = _FILTER.match(text, position) if depth else None
        if found is None:
            return False
        position = found.end()
        while depth and (closing := _CLOSES.match(text, position)) is not None:
            depth, position = depth - 1, closing.end()
        if not depth:
            return not text[position:].strip()
        comma = _COMMA.match(text, position)
        if comma is None:
            return False
        position = comma.end()
