"""Whether a table announces what it is now, beyond what a test can make of one server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.sources.postgres.announcing.trigger_check import announcing, key_advice
from rtwidget.sources.postgres.announcing.trigger_function import (
    FUNCTION_SETTINGS,
    Promise,
    function_body,
    is_kept,
    mark_of,
    promise_of,
)
from rtwidget.sources.postgres.catalog.catalog import Announced, Function, Table, TableColumn
from rtwidget.sources.postgres.listen.channel import EVENTS, channel_of, trigger_of
from rtwidget.sources.postgres.read.text_settings import is_exact

SETTINGS = tuple(f"{name}={value}" for name, value in FUNCTION_SETTINGS.items())
PROMISE = Promise("rtwidget:public.t", ("id",))
KEPT = Function(function_body(PROMISE) + "\n", SETTINGS)
ANNOUNCED = Announced(EVENTS, (KEPT,))
TABLE = Table(
    1, "r", "web", "owner", (TableColumn("id", "int4", "pg_catalog"),), (("id",),), ANNOUNCED
)
NAMES = st.text(min_size=1, max_size=20).filter(lambda text: "\0" not in text)


def said(**other: Any) -> str:
    table = msgspec.structs.replace(TABLE, announced=msgspec.structs.replace(ANNOUNCED, **other))
    return str(announcing("public", "t", table))


def test_a_table_that_announces_what_it_is() -> None:
    found = announcing("public", "t", TABLE)
    assert found.enabled
    assert (found.missing, found.reasons, found.mend) == ((), (), "")
    assert str(found) == "public.t announces its changes on the channel rtwidget:public.t."
    assert replace(found, enabled=False) != found


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"events": ("insert",)}, "rtwidget_delete, rtwidget_truncate, rtwidget_update."),
        ({"functions": (Function("begin end", SETTINGS),)}, "older version"),
        ({"functions": (Function(KEPT.source, SETTINGS[1:]),)}, "was altered"),
        ({"functions": (Function(KEPT.source, SETTINGS, plain=False),)}, "was altered"),
        ({"functions": (Function(KEPT.source + "--", SETTINGS),)}, "was altered"),
        ({"functions": (KEPT, Function("", ()))}, "older version"),
        ({"silent": (("public", "t_1"), ("s", "T"))}, 'public.t_1, s."T" by name'),
        ({"foreign": (("public", "far"),)}, "disable t --dsn"),
        ({"foreign": (("public", "far"),), "functions": (), "events": ()}, "`verify_every=`"),
        ({"subscribed": True}, "logical replication"),
    ],
)
def test_each_doubt_has_its_reason(other: dict[str, Any], why: str) -> None:
    assert why in said(**other)


@given(
    schema=NAMES,
    table=NAMES,
    columns=st.lists(NAMES, min_size=1, max_size=3, unique=True),
    by_hand=st.booleans(),
)
def test_a_function_says_what_it_promises_for_any_names(
    schema: str, table: str, columns: list[str], *, by_hand: bool
) -> None:
    promise = Promise(channel_of(schema, table), tuple(columns), by_hand)
    body = function_body(promise)
    assert body.startswith(mark_of(schema, table))
    assert promise_of(body) == promise
    assert is_kept(promise, body + "\n", SETTINGS)
    if "\r" not in body:
        assert is_kept(promise, body.replace("\n", "\r\n") + "\r\n", SETTINGS)
    assert "\n" not in body[1:].partition("\n")[0]


@pytest.mark.parametrize(
    "source", ["", "begin end", "\n-- rtwidget ", "\n-- rtwidget {}\n", "\n-- rtwidget []"]
)
def test_what_is_no_promise(source: str) -> None:
    assert promise_of(source) is None


def test_the_mark_of_one_table_begins_no_function_of_another() -> None:
    body = function_body(Promise(channel_of("public", "orders_2"), ("id",)))
    assert not body.startswith(mark_of("public", "orders"))


def test_triggers_have_names_for_whom_they_are() -> None:
    assert trigger_of("insert", "public", "t", ("public", "t")) == "rtwidget_insert"
    whole = trigger_of("truncate", "public", "t" * 63, ("public", "t_1"))
    assert len(whole) <= 63
    assert whole != trigger_of("truncate", "other", "t" * 63, ("public", "t_1"))


def test_only_tables_that_inherit_have_keys_that_are_not_unique() -> None:
    below = msgspec.structs.replace(ANNOUNCED, below=(("public", "dogs"),))
    heirs = msgspec.structs.replace(TABLE, announced=below)
    assert "public.dogs" in key_advice("t", heirs)
    assert key_advice("t", msgspec.structs.replace(heirs, kind="p")) == ""
    assert key_advice("t", TABLE) == ""


def test_a_type_is_as_exact_as_all_that_is_in_it() -> None:
    assert is_exact(("int4range", "int4"))
    assert not is_exact(("my_range", "regclass"))
    assert not is_exact(("my_domain", "_int4", "int4"))
