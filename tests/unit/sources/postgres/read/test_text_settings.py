"""Which types look the same wherever they are written."""

from __future__ import annotations

from rtwidget.sources.postgres.read.text_settings import is_exact


def test_a_type_is_as_exact_as_all_that_is_in_it() -> None:
    assert is_exact(("int4range", "int4"))
    assert not is_exact(("my_range", "regclass"))
    assert not is_exact(("my_domain", "_int4", "int4"))
