"""One entry of `postgres_changes`: its number, its shape, its refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.local.realtime.joining.binding import binding_id, echo, parse_binding
from rtwidget.local.realtime.joining.join_refusals import SubscriptionRefused


@given(st.dictionaries(st.sampled_from(["event", "schema", "table", "filter"]), st.text()))
def test_equal_entries_have_equal_ids(params: dict[str, str]) -> None:
    shuffled = dict(reversed(params.items()))
    assert binding_id(params) == binding_id(shuffled) < 2**27
    assert list(echo(shuffled)) == ["id", *sorted(params)]


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"filter": "a=eq.1"},
        {"schema": 1},
        {"table": "t", "filter": None},
        {"table": "t", "filter": "a=eq.1"},
        {"schema": "s", "filter": "a=eq.1"},
        {"schema": None, "table": "t"},
        {"schema": "s", "table": None},
    ],
)
def test_entries_of_an_unknown_shape_are_refused(params: dict[str, object]) -> None:
    with pytest.raises(SubscriptionRefused, match="No subscription params provided"):
        parse_binding(params)
    with pytest.raises(SubscriptionRefused, match="to subscribe to: <redacted>"):
        parse_binding({**params, "user_token": "secret"})


def test_a_selection_that_is_neither_list_nor_text_counts_for_nothing() -> None:
    assert parse_binding({"table": "t", "select": 5}).select is None
    with pytest.raises(SubscriptionRefused, match="Error parsing `select`"):
        parse_binding({"select": "a"})
