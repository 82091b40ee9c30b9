"""Whether a table announces what it is now, beyond what a test can make of one server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from rtwidget.sources.postgres.catalog.catalog import Announced, Function, Table, TableColumn
from rtwidget.sources.postgres.listen.channel import EVENTS
from rtwidget.sources.postgres.triggers.trigger_check import announcing, key_advice
from rtwidget.sources.postgres.triggers.trigger_function import (
    FUNCTION_SETTINGS,
    Promise,
    function_body,
)

SETTINGS = tuple(f"{name}={value}" for name, value in FUNCTION_SETTINGS.items())


PROMISE = Promise("rtwidget:public.t", ("id",))


KEPT = Function(function_body(PROMISE) + "\n", SETTINGS)


ANNOUNCED = Announced(EVENTS, (KEPT,))


TABLE = Table(
    1, "r", "web", "owner", (TableColumn("id", "int4", "pg_catalog"),), (("id",),), ANNOUNCED
)


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


def test_only_tables_that_inherit_have_keys_that_are_not_unique() -> None:
    below = msgspec.structs.replace(ANNOUNCED, below=(("public", "dogs"),))
    heirs = msgspec.structs.replace(TABLE, announced=below)
    assert "public.dogs" in key_advice("t", heirs)
    assert key_advice("t", msgspec.structs.replace(heirs, kind="p")) == ""
    assert key_advice("t", TABLE) == ""
