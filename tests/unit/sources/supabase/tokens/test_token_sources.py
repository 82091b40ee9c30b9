"""Functions that give tokens: where they run, and what comes of those that hang, fail or give none."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from rtwidget.errors import AuthenticationError, ErrorKind
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.worker_thread import in_worker
from rtwidget.sources.supabase.tokens import token_sources
from rtwidget.sources.supabase.tokens.token_sources import called


async def test_plain_functions_run_in_a_thread_and_async_ones_on_the_loop() -> None:
    threads: list[str] = []

    def plain() -> str:
        threads.append(threading.current_thread().name)
        return "tok"

    async def awaited() -> str:
        threads.append(threading.current_thread().name)
        return "tok"

    functions: list[Any] = [plain, awaited, partial(awaited)]
    for function in functions:
        assert await called(function)(renew=False) == Secret("tok")
    here = threading.current_thread().name
    assert threads == ["rtwidget-worker", here, here]


async def test_a_function_that_hangs_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    async def impatient(function: Callable[[], str]) -> str:
        return await in_worker(function, 0.01)

    monkeypatch.setattr(token_sources, "in_worker", impatient)
    started = time.monotonic()
    with pytest.raises(AuthenticationError, match="10 s") as caught:
        await called(lambda: str(release.wait(60)))(renew=False)
    release.set()
    assert caught.value.kind is ErrorKind.TRANSIENT
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("answer", ["", " ", 7, b"x"])
async def test_an_answer_that_is_no_token_is_refused(answer: str) -> None:
    with pytest.raises(AuthenticationError, match="no text") as caught:
        await called(lambda: answer)(renew=False)
    assert caught.value.kind is ErrorKind.NEEDS_TOKEN


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (ConnectionError("tok"), ErrorKind.TRANSIENT),
        (TimeoutError("tok"), ErrorKind.TRANSIENT),
        (KeyError("tok"), ErrorKind.TRANSIENT),
        (AuthenticationError("tok"), ErrorKind.NEEDS_TOKEN),
    ],
)
async def test_a_function_that_fails_may_work_the_next_time(
    raised: Exception, kind: ErrorKind
) -> None:
    def fails() -> str:
        raise raised

    with pytest.raises(AuthenticationError) as caught:
        await called(fails)(renew=False)
    assert caught.value.kind is kind
    assert "tok" not in str(caught.value).replace("access_token", "")
    assert caught.value.__context__ is None
