"""`rtwidget doctor`: what it asks for, how it ends, and what a plain terminal is shown."""

from __future__ import annotations

import argparse
import io
import sys
from typing import Any

import pytest

from rtwidget.abc import SourceRequest
from rtwidget.doctor import command
from rtwidget.doctor import examine as examination
from rtwidget.doctor.finding import Finding, ok, problem, warning
from rtwidget.doctor.report import Report
from rtwidget.errors import ArgumentError
from rtwidget.sources.supabase.request import SupabaseRequest
from tests.unit.sources.supabase.tokens.jwt import jwt

URL = "https://ref.supabase.co"


@pytest.fixture(autouse=True)
def project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_URL", URL)
    monkeypatch.setenv("SUPABASE_KEY", "sb_publishable_hidden")


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_command(parser.add_subparsers())
    return parser.parse_args(["doctor", "t", *arguments])


def finding(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []

    async def examine(request: SourceRequest, **more: Any) -> Report:
        asked.append({"title": request.title, **more})
        return Report("t", findings)

    monkeypatch.setattr(examination, "examine", examine)
    return asked


def test_it_asks_for_what_the_arguments_name() -> None:
    request = command._request(
        options(
            "--schema", "app", "--filter", "a=eq.1", "--filter", "b=eq.2", "--primary-key", "a,b"
        )
    )
    assert isinstance(request, SupabaseRequest)
    wanted = request.wanted
    assert (wanted.schema, wanted.table, wanted.key) == ("app", "t", ("a", "b"))
    assert len(wanted.filters) == 2
    assert request.credentials.endpoint.url == URL


def test_a_users_token_comes_from_the_variable_that_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MY_TOKEN", jwt(sub="ada"))
    request = command._request(options("--token-variable", "MY_TOKEN"))
    assert isinstance(request, SupabaseRequest)
    assert request.credentials.fetch is not None
    with pytest.raises(ArgumentError, match="access_token"):
        command._request(options("--token-variable", "NO_SUCH_VARIABLE"))


@pytest.mark.parametrize("other", [("--url", URL), ("--token-variable", "MY_TOKEN")])
def test_a_server_and_a_project_are_not_one_source(other: tuple[str, str]) -> None:
    with pytest.raises(ArgumentError, match="--source names"):
        command._request(options("--source", "postgresql://h/d", *other))


def test_it_ends_with_1_for_a_problem_and_for_nothing_less(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = finding(monkeypatch, ok("a", "Fine."), warning("b", "Hm."))
    assert command.run_command(options("--dsn", "d", "--write", "1", "2", "--insecure")) == 0
    assert asked == [{"title": "t", "dsn": "d", "write": ["1", "2"], "insecure": True}]
    finding(monkeypatch, ok("a", "Fine."), problem("b", "Broken."))
    assert command.run_command(options()) == 1
    assert "Broken." in capsys.readouterr().out


def test_a_terminal_without_the_marks_shows_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    finding(monkeypatch, ok("publication", "Fine."))
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert command.run_command(options()) == 0
    terminal.seek(0)
    assert "? ok       publication" in terminal.read()
