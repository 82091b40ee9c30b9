"""Commands that people copy into a shell."""

from __future__ import annotations

import shlex

import pytest

from rtwidget.sources.postgres.triggers.command_text import disabling_command, enabling_command


def test_what_need_not_be_said_is_left_out() -> None:
    assert enabling_command("public", "t") == "rtwidget postgres enable t --dsn ..."
    assert disabling_command("public", "t") == "rtwidget postgres disable t --dsn ..."


@pytest.mark.parametrize(("schema", "table"), [("s", "a b"), ("it's", "$(rm)"), ('"', "`x`;")])
def test_odd_names_reach_the_command_as_they_are(schema: str, table: str) -> None:
    words = shlex.split(enabling_command(schema, table, ["a", "b c"]))
    assert words == [
        *("rtwidget", "postgres", "enable", table, "--schema", schema, "--key", "a,b c"),
        *("--dsn", "..."),
    ]
    assert shlex.split(disabling_command(schema, table))[3] == table
