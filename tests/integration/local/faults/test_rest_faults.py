"""REST requests that fail, stall or come back short on request, and `clear` that ends it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING

import httpx

from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Rest


def test_rest_status(items: LocalBackend, rest: Rest) -> None:
    items.faults.rest_status(503, times=2)
    assert [rest("items").status_code for _ in range(3)] == [503, 503, 200]
    items.faults.rest_status(401, times=9)
    assert rest("items").json()["code"] == "PGRST303"
    items.faults.clear()
    assert rest("items").status_code == 200


def test_rest_status_with_a_code_and_a_wait(items: LocalBackend, rest: Rest) -> None:
    items.faults.rest_status(503, retry_after_s=2.5, code="PGRST001")
    refused = rest("items")
    assert refused.headers["Retry-After"] == "3"
    assert refused.json()["code"] == "PGRST001"
    assert "Retry-After" not in rest("items").headers


def test_capped_pages_say_nothing(items: LocalBackend, rest: Rest) -> None:
    items.sql("insert into items(id) select generate_series(1, 9)")
    items.faults.cap_pages(4)
    capped = rest("items?select=id&limit=7")
    assert (capped.status_code, len(capped.json())) == (200, 4)
    counted = rest("items?select=id", Prefer="count=exact")
    assert counted.headers["Content-Range"] == "0-3/9"
    items.faults.clear()
    assert len(rest("items?select=id&limit=7").json()) == 7


def test_stalled_reads_are_old_when_they_come(items: LocalBackend, rest: Rest) -> None:
    items.sql("insert into items(id) values (1)")
    items.faults.stall_reads(600)
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(rest, "items?select=id")
        while not items.faults.rest.stalled.waiting:
            assert not waiting.done()
        items.sql("insert into items(id) values (2)")
        items.faults.clear()
        assert waiting.result(PATIENCE_S).json() == [{"id": 1}]
    assert len(rest("items?select=id").json()) == 2


def test_a_stall_ends_by_itself(items: LocalBackend, rest: Rest) -> None:
    began = monotonic()
    items.faults.stall_reads(0.3)
    assert rest("items").status_code == 200
    assert monotonic() - began >= 0.3


def test_expired_tokens(items: LocalBackend, rest: Rest) -> None:
    old = items.token(sub="11111111-2222-3333-4444-555555555555")
    items.faults.expire_tokens()
    refused = rest("items", Authorization=f"Bearer {old}")
    assert (refused.status_code, refused.json()["code"]) == (401, "PGRST303")
    fresh = items.token(sub="11111111-2222-3333-4444-555555555555")
    assert rest("items", Authorization=f"Bearer {fresh}").status_code == 200
    assert rest("items").status_code == 200
    items.faults.clear()
    assert rest("items", Authorization=f"Bearer {old}").status_code == 200


def test_rest_survives_a_restart_of_postgres(items: LocalBackend, rest: Rest) -> None:
    items.sql("insert into items(id) values (1)")
    assert rest("items?select=id").text == '[{"id":1}]'
    with ThreadPoolExecutor() as threads:
        restart = threads.submit(items.faults.restart_postgres, down_s=0.5)
        while (refused := rest("items?select=id")).status_code == 200:
            assert not restart.done()
        assert refused.status_code == 503
        restart.result()
    answer = httpx.Response(503)
    for _ in range(10):  # each lent connection may find its server gone once
        answer = rest("items?select=id")
        if answer.status_code == 200:
            break
    assert answer.text == '[{"id":1}]'
