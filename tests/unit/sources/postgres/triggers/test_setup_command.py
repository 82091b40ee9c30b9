"""`import rtwidget` and the command's help load no psycopg, and its absence is said in a sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rtwidget.cli import main

LOADED = "import rtwidget.cli, sys; print('psycopg' in sys.modules)"
WITHOUT = """
import sys
sys.modules["psycopg"] = None
import rtwidget
try:
    rtwidget.live_table("t", source="postgresql://me:hunter2@localhost/db")
except rtwidget.errors.ArgumentError as error:
    print(error)
import rtwidget.cli
print(rtwidget.cli.main(["postgres", "status", "t"]))
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )


def test_psycopg_is_loaded_by_who_needs_it() -> None:
    assert run(LOADED).stdout.strip() == "False"


def test_without_psycopg_the_extra_is_named() -> None:
    done = run(WITHOUT)
    assert "pip install 'rtwidget[postgres]'" in done.stdout
    assert done.stdout.strip().endswith("1")
    assert "pip install 'rtwidget[postgres]'" in done.stderr
    assert "hunter2" not in done.stdout + done.stderr


def test_the_command_without_an_action_says_which_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["postgres"])
    assert "{enable,disable,status}" in capsys.readouterr().err
