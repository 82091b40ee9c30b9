"""`rtwidget doctor`: the report on the screen, the exit status, and no key on it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from rtwidget import cli
from rtwidget.local import LocalBackend


@pytest.fixture(autouse=True)
def project(backend: LocalBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_URL", backend.url)
    monkeypatch.setenv("SUPABASE_KEY", backend.anon_key)


def test_a_healthy_table_ends_with_0(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", table, "--write", "2"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{table}: no problem found\n")
    assert "✓ ok       round trip" in out


def test_a_problem_ends_with_1_and_no_key_is_shown(
    backend: LocalBackend, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    backend.sql(f"alter publication supabase_realtime drop table {table}")
    assert cli.main(["doctor", table, "--dsn", backend.dsn]) == 1
    out = capsys.readouterr().out
    assert "✗ problem  publication" in out
    assert f'-> Run `alter publication supabase_realtime add table "public"."{table}";`' in out
    assert backend.anon_key not in out
    assert backend.dsn not in out


def test_a_users_token_comes_from_a_variable_that_is_named(
    backend: LocalBackend,
    table: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = backend.token("authenticated", "ada")
    monkeypatch.setenv("MY_TOKEN", token)
    assert cli.main(["doctor", table, "--token-variable", "MY_TOKEN"]) == 0
    out = capsys.readouterr().out
    assert "the role authenticated" in out
    assert token not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--token-variable", "NO_SUCH_VARIABLE"], "access_token must be a text"),
        (["--source", "postgresql://h/d", "--url", "https://x.supabase.co"], "Give the one or"),
        (["--filter", "nonsense"], "nonsense"),
        (["--dsn", "nonsense"], "no PostgreSQL connection string"),
        (["--primary-key", "id", "--url", "nowhere"], "url must begin with"),
    ],
)
def test_wrong_arguments_are_said_in_a_sentence(
    table: str, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.main(["doctor", table, *arguments]) == 1
    assert said in capsys.readouterr().err


def test_without_a_project_it_says_what_to_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUPABASE_URL")
    assert cli.main(["doctor", "t"]) == 1
    assert "SUPABASE_URL" in capsys.readouterr().err


def test_supabase_is_examined_without_psycopg(backend: LocalBackend, table: str) -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        f"import rtwidget.cli; print(rtwidget.cli.main(['doctor', {table!r}]));"
        f"print(rtwidget.cli.main(['doctor', {table!r}, '--dsn', 'postgresql://x@localhost/y']));"
        f"print(rtwidget.cli.main(['doctor', {table!r}, '--source', 'postgresql://x@localhost/y']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-3:] == ["0", "1", "1"]
    assert done.stderr.count("pip install 'rtwidget[postgres]'") == 2


def test_a_terminal_without_the_marks_shows_the_words(table: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rtwidget", "doctor", table],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "? ok       publication" in done.stdout
