"""What the catalog's answer means for one role."""

from __future__ import annotations

from typing import Any

import pytest

from rtwidget.doctor.postgres.catalog_facts import read_facts
from tests.unit.doctor.checks.healthy_table import facts, role


def test_a_table_that_is_not_there_has_no_facts() -> None:
    assert read_facts(None) is None


@pytest.mark.parametrize(
    ("table", "of", "bound"),
    [
        ({}, {}, True),
        ({"row_security": False}, {}, False),
        ({}, {"superuser": True}, False),
        ({}, {"bypasses": True}, False),
        ({}, {"owns": True}, False),
        ({"forced": True}, {"owns": True}, True),
        ({"forced": True}, {"owns": True, "superuser": True}, False),
    ],
)
def test_policies_bind_whom_postgresql_binds(
    table: dict[str, Any],
    of: dict[str, Any],
    bound: bool,  # noqa: FBT001
) -> None:
    assert facts(role=role(**of), **table).is_bound is bound


def test_nobody_is_bound_who_is_not_there() -> None:
    assert not facts(role=None).is_bound
