"""A PATCH: which schema, which rows, what is given back, and what undoes all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Patch

OBJECT = "application/vnd.pgrst.object+json"
ADA = "11111111-2222-3333-4444-555555555555"


def names(backend: LocalBackend, schema: str = "public") -> list[str]:
    return [row[0] for row in backend.sql(f"select name from {schema}.tasks order by id")]


ALL = ["task 1", "task 2", "task 3", "task 4"]


def test_nothing_is_given_back_unless_it_is_wanted(tasks: LocalBackend, patch: Patch) -> None:
    for prefer in ({}, {"Prefer": "return=minimal"}, {"Prefer": "return=headers-only"}):
        answer = patch("tasks?id=lt.3", {"cost": 1.5}, **prefer)
        assert (answer.status_code, answer.text) == (204, "")
        assert answer.headers["Content-Range"] == "0-1/*"
    counted = patch("tasks?id=eq.9", {"cost": 1.5}, Prefer="count=exact")
    assert counted.headers["Content-Range"] == "*/0"
    assert counted.headers["Preference-Applied"] == "count=exact"


def test_the_changed_rows(tasks: LocalBackend, patch: Patch) -> None:
    answer = patch(
        "tasks?id=lt.3&select=key:id,cost&order=id.desc",
        {"cost": "1.5"},
        Prefer="return=representation",
    )
    assert answer.status_code == 200
    assert answer.text == '[{"key":2,"cost":1.50}, \n {"key":1,"cost":1.50}]'
    assert answer.headers["Content-Range"] == "0-1/*"
    assert answer.headers["Preference-Applied"] == "return=representation"
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    none = patch("tasks?id=eq.9", {"cost": 1}, Prefer="return=representation")
    assert (none.status_code, none.text) == (200, "[]")
    text = patch("tasks?id=eq.1", {"name": "b"}, Prefer="return=representation", Accept="text/csv")
    assert text.text == "id,name,cost,owner\n1,b,1.50,"


def test_one_object_or_nothing_is_written(tasks: LocalBackend, patch: Patch) -> None:
    one = patch("tasks?id=eq.1", {"name": "x"}, Prefer="return=representation", Accept=OBJECT)
    assert one.json()["name"] == "x"
    for prefer in ("return=representation", "return=minimal"):
        refused = patch("tasks?id=gt.1", {"name": "y"}, Prefer=prefer, Accept=OBJECT)
        assert (refused.status_code, refused.json()["code"]) == (406, "PGRST116")
        assert refused.json()["details"] == "The result contains 3 rows"
    assert names(tasks) == ["x", *ALL[1:]]


def test_more_than_may_be_affected_are_not(tasks: LocalBackend, patch: Patch) -> None:
    refused = patch("tasks?id=lt.4", {"name": "x"}, Prefer="handling=strict, max-affected=2")
    assert (refused.status_code, refused.json()["code"]) == (400, "PGRST124")
    assert refused.json()["details"] == "The query affects 3 rows"
    assert names(tasks) == ALL
    fine = patch("tasks?id=lt.3", {"name": "x"}, Prefer="handling=strict, max-affected=2")
    assert fine.headers["Preference-Applied"] == "handling=strict, max-affected=2"
    assert patch("tasks?id=lt.4", {"name": "x"}, Prefer="max-affected=2").status_code == 204
    assert names(tasks) == ["x", "x", "x", "task 4"]


def test_preferences_that_are_unknown_or_not_allowed(tasks: LocalBackend, patch: Patch) -> None:
    refused = patch("tasks?id=eq.1", {"name": "x"}, Prefer="handling=strict, what")
    assert (refused.status_code, refused.json()["code"]) == (400, "PGRST122")
    assert names(tasks) == ALL
    kept = patch("tasks?id=eq.1", {"name": "x"}, Prefer="tx=rollback")
    assert "Preference-Applied" not in kept.headers
    assert names(tasks) == ["x", *ALL[1:]]


def test_a_change_of_everything_needs_to_say_so(tasks: LocalBackend, patch: Patch) -> None:
    refused = patch("tasks", {"name": "x"})
    assert (refused.status_code, refused.json()["code"]) == (400, "21000")
    assert refused.json()["message"] == "UPDATE requires a WHERE clause"
    assert names(tasks) == ALL
    assert patch("tasks?id=gt.0", {"name": "x"}).status_code == 204
    assert names(tasks) == ["x"] * 4


@pytest.mark.parametrize("values", ["{}", "[]", "[{}]"])
def test_nothing_to_set(tasks: LocalBackend, patch: Patch, values: str) -> None:
    answer = patch("tasks?id=eq.1", values)
    assert (answer.status_code, answer.headers["Content-Range"]) == (204, "*/*")
    assert patch("tasks", values, Prefer="return=representation").text == "[]"


@pytest.mark.parametrize(
    ("query", "values", "headers", "status", "code"),
    [
        ("tasks?id=eq.1", "", {}, 400, "PGRST102"),
        ("tasks?id=eq.1", "}{", {}, 400, "PGRST102"),
        ("tasks?id=eq.1", '[{"name":"x"},{"cost":1}]', {}, 400, "PGRST102"),
        ("tasks?id=eq.1", '{"what":"x"}', {}, 400, "PGRST204"),
        ("tasks?id=eq.1", '{"cost":"x"}', {}, 400, "22P02"),
        ("tasks?id=eq.1", '{"name":"x"}', {"Content_Type": "text/plain"}, 400, "PGRST102"),
        ("tasks?id=eq.1", "name=x", {"Content_Type": "text/csv"}, 501, "LOCAL501"),
        ("nothing?id=eq.1", '{"name":"x"}', {}, 404, "PGRST205"),
        ("tasks?id=eq.1&select=a(b)", '{"name":"x"}', {}, 501, "LOCAL501"),
        ("tasks?id=eq.1", '{"name":"x"}', {"Accept": "image/png"}, 406, "PGRST107"),
        (
            "tasks?id=eq.1&columns=name,cost",
            '{"name":"x"}',
            {"Prefer": "missing=default"},
            501,
            "LOCAL501",
        ),
    ],
)
def test_what_cannot_be_changed(  # noqa: PLR0917
    tasks: LocalBackend,
    patch: Patch,
    query: str,
    values: str,
    headers: dict[str, str],
    status: int,
    code: str,
) -> None:
    refused = patch(query, values, **headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert names(tasks) == ALL


def test_only_the_named_columns_are_set(tasks: LocalBackend, patch: Patch) -> None:
    answer = patch(
        "tasks?id=eq.1&columns=name,cost&select=name,cost",
        {"name": "x", "owner": ADA},
        Prefer="return=representation",
    )
    assert answer.json() == [{"name": "x", "cost": None}]
    assert tasks.sql("select owner from tasks where id = 1") == [(None,)]


def test_of_a_list_the_first_counts(tasks: LocalBackend, patch: Patch) -> None:
    assert patch("tasks?id=eq.1", [{"name": "x"}, {"name": "y"}]).status_code == 204
    assert names(tasks) == ["x", *ALL[1:]]


def test_row_security_decides_what_is_changed_and_given_back(
    tasks: LocalBackend, patch: Patch
) -> None:
    tasks.sql(
        f"update tasks set owner = '{ADA}' where id < 3; alter table tasks enable row level security;"
        "create policy own on tasks to authenticated using (owner = auth.uid()) with check (true)"
    )
    ada = {"Authorization": f"Bearer {tasks.token(sub=ADA)}"}
    answer = patch(
        "tasks?id=gt.1&select=id", {"name": "x"}, Prefer="return=representation, count=exact", **ada
    )
    assert (answer.json(), answer.headers["Content-Range"]) == ([{"id": 2}], "0-0/1")
    assert (
        patch("tasks?id=gt.0", {"name": "y"}, Prefer="count=exact").headers["Content-Range"]
        == "*/0"
    )
    away = patch("tasks?id=eq.1", {"owner": None}, **ada)
    assert away.status_code == 403, "the new row is not to be selected by its writer"
    assert names(tasks) == ["task 1", "x", "task 3", "task 4"]


def test_rows_are_given_back_to_who_may_select_them(tasks: LocalBackend, patch: Patch) -> None:
    tasks.sql("revoke select on tasks from anon; grant select (id, name) on tasks to anon")
    assert patch("tasks?id=eq.1", {"name": "x"}).status_code == 204
    some = patch("tasks?id=eq.1&select=id", {"name": "y"}, Prefer="return=representation")
    assert some.json() == [{"id": 1}]
    for wanted in ("return=representation", "return=headers-only"):
        refused = patch("tasks?id=eq.1", {"name": "z"}, Prefer=wanted)
        assert (refused.status_code, refused.json()["code"]) == (401, "42501")
    assert names(tasks)[0] == "y"
