"""Which methods a relation allows."""

from __future__ import annotations

import pytest

from rtwidget.local.rest.schema_cache.relation import Relation


@pytest.mark.parametrize(
    ("writes", "has_key", "methods"),
    [
        (0, True, "OPTIONS,GET,HEAD"),
        (28, True, "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE"),
        (28, False, "OPTIONS,GET,HEAD,POST,PATCH,DELETE"),
        (8, True, "OPTIONS,GET,HEAD,POST"),
        (20, True, "OPTIONS,GET,HEAD,PATCH,DELETE"),
    ],
)
def test_the_header_allow(writes: int, has_key: bool, methods: str) -> None:  # noqa: FBT001
    assert Relation("public", "t", 5, writes).methods(has_key=has_key) == methods
