"""The command: its exit statuses, what it says of errors, and signals that are given back."""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Callable

import pytest

from rtwidget import cli
from rtwidget.errors import RtwidgetError

Once = Callable[[argparse.Namespace], int]


def raising(error: Exception) -> Once:
    def run(_: argparse.Namespace) -> int:
        raise error

    return run


def test_without_a_command_it_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    out = capsys.readouterr().out
    assert all(name in out for name in ("serve", "demo", "doctor", "postgres"))


@pytest.mark.parametrize("status", [0, 1])
def test_what_runs_once_ends_with_its_own_status(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cli._ONCE, "doctor", lambda _: status)
    assert cli.main(["doctor", "t"]) == status


def test_an_error_is_said_in_its_own_sentences(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cli._ONCE, "doctor", raising(RtwidgetError("It broke.", "Mend it.")))
    assert cli.main(["doctor", "t"]) == 1
    assert capsys.readouterr().err == "It broke. Mend it.\n"


def test_a_package_that_is_missing_is_named_with_the_extra_that_brings_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = ModuleNotFoundError("no", name="psycopg")
    monkeypatch.setitem(cli._ONCE, "postgres", raising(missing))
    monkeypatch.setattr(cli, "_serve", lambda *_: raising(missing)(argparse.Namespace()))
    assert cli.main(["postgres", "status", "t"]) == 1
    assert "package psycopg" in (said := capsys.readouterr().err)
    assert "pip install 'rtwidget[postgres]'" in said
    assert cli.main(["serve"]) == 1
    assert "pip install 'rtwidget[demo]'" in capsys.readouterr().err


@pytest.mark.parametrize("number", cli._ENDINGS)
def test_a_signal_ends_what_runs_on_and_is_given_back(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []

    def serve(options: argparse.Namespace, stopping: threading.Event) -> None:
        assert (options.port, options.rate) == (7, 5.0)
        signal.raise_signal(number)
        stopped.append(stopping.is_set())

    monkeypatch.setattr(cli, "_serve", serve)
    before = [signal.getsignal(one) for one in cli._ENDINGS]
    assert cli.main(["serve", "--port", "7"]) == 0
    assert stopped == [True]
    assert [signal.getsignal(one) for one in cli._ENDINGS] == before


def test_ctrl_c_ends_what_runs_once_as_any_program(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers: list[object] = []

    def run(_: argparse.Namespace) -> int:
        handlers.append(signal.getsignal(signal.SIGINT))
        return 0

    monkeypatch.setitem(cli._ONCE, "doctor", run)
    cli.main(["doctor", "t"])
    assert handlers == [signal.getsignal(signal.SIGINT)]
