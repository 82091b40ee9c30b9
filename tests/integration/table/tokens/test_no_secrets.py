"""No key or token in what a user of `live_table` can see, whatever goes wrong."""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from rtwidget import live_table
from rtwidget.errors import CredentialsError, RtwidgetError
from rtwidget.local import LocalBackend
from tests.integration.table.conftest import OpenTable, publish

FORGED = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiIsImV4cCI6OTk5OTk5OTk5OX0.Zm9yZ2Vk"
OPAQUE = "sb_secret_0123456789abcdef"


def seen(error: BaseException) -> str:
    """Return what a verbose traceback shows: every frame with its variables, but the test's own frame."""
    shown = repr(error) + str(error) + str(vars(error))
    shown += "".join(traceback.format_exception(error))
    one: BaseException | None = error
    while one is not None:
        frames = one.__traceback__
        while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
            frames = frames.tb_next
        told = traceback.TracebackException(type(one), one, frames, capture_locals=True)
        shown += "".join(told.format())
        one = one.__cause__ or one.__context__
    return shown


@pytest.mark.parametrize(
    "options",
    [
        {"numeric": "x"},
        {"height": 0},
        {"verify_every": 0},
        {"limit": -1},
        {"filter": "nonsense"},
        {"order_by": "a.sideways"},
        {"types": {"a": "nomber"}},
        {"url": "nowhere"},
        {"url": "http://db.example"},
        {"client": object()},
        {"access_token": 5},
    ],
)
@pytest.mark.parametrize("secret", ["key", "access_token"])
def test_a_refused_argument_shows_no_secret(options: dict[str, Any], secret: str) -> None:
    given = {"url": "https://ref.supabase.co", "key": "k", secret: OPAQUE, **options}
    with pytest.raises(RtwidgetError) as caught:
        live_table("t", **given)
    assert OPAQUE not in seen(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"key": FORGED},
        {"key": OPAQUE},
        {"access_token": FORGED},
        {"access_token": lambda: FORGED},
        {"key": OPAQUE, "url": "http://127.0.0.1:9"},
        {"table": "no_such_table", "access_token": lambda: None},
    ],
)
def test_a_refused_table_shows_no_secret(
    backend: LocalBackend, name: str, open_table: OpenTable, options: dict[str, Any]
) -> None:
    publish(backend, name, "id int primary key")
    table = open_table(**{"table": name, **options})
    shown = ""
    with pytest.raises(RtwidgetError) as caught:
        table.wait_ready(timeout=1)
    shown += seen(caught.value)
    with pytest.raises(RtwidgetError) as caught:
        table.wait_for(lambda df: len(df) > 0, timeout=0.5)
    shown += seen(caught.value)
    shown += repr(table) + repr(table.status) + repr(table.get_state()) + repr(table.stats)
    for secret in (FORGED, "Zm9yZ2Vk", OPAQUE, backend.anon_key):
        assert secret not in shown


def test_a_live_table_shows_no_secret(
    backend: LocalBackend, name: str, open_table: OpenTable
) -> None:
    publish(backend, name, "id int primary key")
    token = backend.token("authenticated", "ada")
    table = open_table(access_token=lambda: token).wait_ready()
    shown = repr(table) + repr(table.status) + repr(table.get_state()) + repr(table.df.attrs)
    assert token not in shown
    assert backend.anon_key not in shown


@pytest.mark.parametrize(
    "dsn", [5, "nonsense hunter2", "postgresql://u:hunter2@far.away/d?sslmode=disable"]
)
def test_a_wrong_connection_string_is_refused_and_not_shown(
    backend: LocalBackend, name: str, open_table: OpenTable, dsn: object
) -> None:
    publish(backend, name, "id int primary key")
    table = open_table()
    with pytest.raises(CredentialsError) as caught:
        table.doctor(dsn=dsn)
    assert "hunter2" not in seen(caught.value)
