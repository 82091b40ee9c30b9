"""No key or token in any error, traceback, log record or repr, whatever goes wrong."""

from __future__ import annotations

import logging
import traceback
from typing import Any

import pytest

from rtwidget.errors import RtwidgetError
from rtwidget.local import LocalBackend
from tests.integration.requested import requested

from .conftest import Open

FORGED = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiIsImV4cCI6OTk5OTk5OTk5OX0.Zm9yZ2Vk"
OPAQUE = "sb_secret_0123456789abcdef"


def told(error: BaseException) -> str:
    """Return all that a verbose traceback shows, each frame's variables but the test's own."""
    shown = ""
    seen: BaseException | None = error
    while seen is not None:
        frames = seen.__traceback__
        while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
            frames = frames.tb_next
        summary = traceback.TracebackException(type(seen), seen, frames, capture_locals=True)
        shown += "".join(summary.format()) + repr(seen) + str(vars(seen))
        seen = seen.__cause__ or seen.__context__
    return shown


@pytest.mark.parametrize(
    "arguments",
    [
        {"key": FORGED},
        {"key": OPAQUE},
        {"key": OPAQUE, "url": "http://127.0.0.1:9"},
        {"access_token": FORGED},
        {"key": OPAQUE, "realtime_url": f"ws://127.0.0.1:9/x?apikey={OPAQUE}", "primary_key": "id"},
        {"access_token": FORGED, "primary_key": "id"},
    ],
)
async def test_refusals_show_no_secret(
    opened: Open,
    arguments: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(1)
    source = await opened(**arguments)
    shown = repr(source)
    for call in (source.describe, lambda: anext(source.notifications()), source.probe):
        with pytest.raises(RtwidgetError) as caught:
            await call()
        shown += told(caught.value)
    shown += "".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    shown += "".join(capsys.readouterr())
    for secret in (FORGED, OPAQUE, "Zm9yZ2Vk", "0123456789abcdef"):
        assert secret not in shown


@pytest.mark.parametrize(
    "arguments",
    [
        {"key": FORGED},
        {"key": OPAQUE, "realtime_url": f"ws://127.0.0.1:9/x?apikey={OPAQUE}"},
        {"key": OPAQUE, "realtime_url": f"wss://h.invalid/x?apikey={OPAQUE}"},
        {"access_token": FORGED},
    ],
)
async def test_a_refused_websocket_shows_no_secret(
    opened: Open, arguments: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(1)
    source = await opened(**arguments, primary_key="id")
    with pytest.raises(RtwidgetError) as caught:
        await anext(source.notifications())
    shown = told(caught.value) + "".join(str(vars(record)) for record in caplog.records)
    assert FORGED not in shown
    assert OPAQUE not in shown


async def test_a_good_session_logs_no_secret_and_no_row(
    backend: LocalBackend, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(1)
    token = backend.token("authenticated", "ada")
    source = await opened(access_token=token)
    await source.read_keys([(424242,)])
    events = source.notifications()
    await anext(events)
    await events.aclose()
    shown = "".join(
        f"{record.getMessage()} {vars(record)}"
        for record in caplog.records
        if not record.name.startswith("aiohttp")
    )
    for secret in (token, backend.anon_key, "424242"):
        assert secret not in shown


async def test_the_users_own_requests_are_still_logged(
    backend: LocalBackend, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    import httpx  # noqa: PLC0415

    caplog.set_level(logging.INFO)
    await (await opened()).probe()
    async with httpx.AsyncClient(trust_env=False) as client:
        await client.get(f"{backend.url}/rest/v1/t?id=eq.1")
    assert [one.name for one in caplog.records if one.name == "httpx"] == ["httpx"]


def test_a_refused_argument_shows_no_secret() -> None:
    with pytest.raises(RtwidgetError) as caught:
        requested("t", url="ftp://nowhere", key=OPAQUE, access_token=FORGED)
    assert OPAQUE not in str(caught.value)
    assert FORGED not in str(caught.value)


def test_a_request_shows_no_secret() -> None:
    request = requested("t", url="https://ref.supabase.co", key=OPAQUE, access_token=FORGED)
    shown = repr(request) + repr(vars(request))
    assert OPAQUE not in shown
    assert FORGED not in shown
    assert request.title == "t"
