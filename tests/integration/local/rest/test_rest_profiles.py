"""Which schema a request means: one header for what is read, another for what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Patch, Rest

ALL = ["task 1", "task 2", "task 3", "task 4"]


def names(backend: LocalBackend, schema: str = "public") -> list[str]:
    return [row[0] for row in backend.sql(f"select name from {schema}.tasks order by id")]


def test_the_content_profile_names_the_schema(tasks: LocalBackend, patch: Patch) -> None:
    tasks.settings.exposed_schemas = ("public", "private")
    answer = patch("tasks?id=eq.1", {"name": "x"}, Content_Profile="private")
    assert answer.status_code == 204
    assert names(tasks) == ALL
    assert names(tasks, "private") == ["x", *ALL[1:]]
    patch("tasks?id=eq.2", {"name": "y"}, Accept_Profile="private")
    assert names(tasks) == ["task 1", "y", *ALL[2:]], "what is wanted is not what is sent"


def test_a_schema_that_is_not_exposed_is_not_written(tasks: LocalBackend, patch: Patch) -> None:
    refused = patch("tasks?id=eq.1", {"name": "x"}, Content_Profile="private")
    assert (refused.status_code, refused.json()["code"]) == (406, "PGRST106")
    assert names(tasks) == names(tasks, "private") == ALL


def test_reads_go_by_the_other_profile(tasks: LocalBackend, rest: Rest) -> None:
    tasks.settings.exposed_schemas = ("public", "private")
    tasks.sql("update private.tasks set name = 'hidden'")
    rows = rest("tasks?select=name&id=eq.1", Accept_Profile="private")
    assert rows.json() == [{"name": "hidden"}]
    assert rows.headers["Content-Profile"] == "private"
    assert rest("tasks?select=name&id=eq.1", Content_Profile="private").json() == [
        {"name": "task 1"}
    ]
