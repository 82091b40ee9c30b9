"""Which row may be touched."""

from __future__ import annotations

import pytest

from rtwidget.doctor.checks.touchable_row import touched_key
from rtwidget.errors import ArgumentError


@pytest.mark.parametrize(
    ("write", "texts"),
    [(None, None), (7, ("7",)), ("a", ("a",)), ((1, True), ("1", "true")), ([1, "b"], ("1", "b"))],
)
def test_keys_that_may_be_touched(write: object, texts: tuple[str, ...] | None) -> None:
    assert touched_key(write) == texts


@pytest.mark.parametrize("write", [(), [None], (1, None)])
def test_keys_that_name_no_row(write: object) -> None:
    with pytest.raises(ArgumentError):
        touched_key(write)
