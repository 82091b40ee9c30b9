"""What stands around an answer's rows."""

from __future__ import annotations

import pytest

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.rest.answer_envelope import total_of, without


def test_a_secret_that_a_gateway_repeats_is_hidden() -> None:
    assert without(b"key hunter2, token jot; hunter2", Secret("hunter2"), Secret("jot")) == (
        b"key ***, token ***; ***"
    )


@pytest.mark.parametrize(
    ("headers", "total"),
    [
        ({"content-range": "0-9/25"}, 25),
        ({"content-range": "*/0"}, 0),
        ({"content-range": "0-9/*"}, None),
        ({"content-range": "25"}, 25),
        ({"content-range": f"*/{'9' * 5000}"}, None),
        ({}, None),
    ],
)
def test_the_total_is_told_or_is_not_known(headers: dict[str, str], total: int | None) -> None:
    assert total_of(headers) == total
