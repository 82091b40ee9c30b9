"""The body of a PATCH: bytes that are no JSON, JSON that is no object, and large ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Patch


def send(backend: LocalBackend, body: bytes, content_type: str) -> httpx.Response:
    return httpx.patch(
        f"{backend.url}/rest/v1/tasks?id=eq.1",
        content=body,
        headers={"apikey": backend.anon_key, "Content-Type": content_type},
    )


@pytest.mark.parametrize(
    "body", [b"\xff\xfe{", b'{"name": "\xff"}', b"NaN", b'{"cost": Infinity}', "\ufeff{}".encode()]
)
def test_what_is_no_json(tasks: LocalBackend, body: bytes) -> None:
    answer = send(tasks, body, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "PGRST102")


def test_json_is_utf8_whatever_the_header_says(tasks: LocalBackend) -> None:
    for charset in ("latin-1", "nonsense"):
        answer = send(tasks, '{"name": "é"}'.encode(), f"application/json; charset={charset}")
        assert answer.status_code == 204
        assert tasks.sql("select name from tasks where id = 1") == [("é",)]


def test_a_body_has_no_limit(tasks: LocalBackend) -> None:
    answer = send(tasks, b'{"name": "' + b"x" * 3_000_000 + b'"}', "application/json")
    assert answer.status_code == 204
    assert tasks.sql("select length(name) from tasks where id = 1") == [(3_000_000,)]


def test_values_nested_too_deeply_are_refused_by_name(tasks: LocalBackend) -> None:
    deep = 100_000
    answer = send(tasks, b'{"name": ' + b"[" * deep + b"]" * deep + b"}", "application/json")
    assert (answer.status_code, answer.json()["code"]) == (501, "LOCAL501")


def test_columns_of_what_is_no_object(tasks: LocalBackend, patch: Patch) -> None:
    answer = patch("tasks?id=eq.1&columns=name", "5")
    assert (answer.status_code, answer.json()["code"]) == (400, "22023")
    assert patch("tasks?id=eq.1&columns=name", "[]").status_code == 204
    assert tasks.sql("select name from tasks where id = 1") == [("task 1",)]


def test_a_column_that_is_named_twice(tasks: LocalBackend, patch: Patch) -> None:
    assert patch("tasks?id=eq.1&columns=name,name", {"name": "once"}).status_code == 204
    assert tasks.sql("select name from tasks where id = 1") == [("once",)]
