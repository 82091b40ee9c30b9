"""A forked child of a kernel has its parent's sockets to the front end, and must say nothing over them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from rtwidget.local import LocalBackend
from tests.integration.table.conftest import publish
from tests.patience import PATIENCE_S

MAKE = """
import multiprocessing, warnings
from rtwidget import live_table
warnings.simplefilter("ignore", DeprecationWarning)
fork = multiprocessing.get_context("fork")
options = {options!r}
def told(queue, work):
    try:
        queue.put(work())
    except Exception as error:
        queue.put(type(error).__name__)
def in_child(work):
    queue = fork.SimpleQueue()
    child = fork.Process(target=told, args=(queue, work))
    child.start()
    print(queue.get(), flush=True)
    child.join()
table = live_table({name!r}, **options).wait_ready()
"""
USE = """
def makes():
    with live_table(table._handle.title, **options) as own:
        own.style("id", "bar")
        return len(own.df)
def styles(): table.style("id", "bar")
def closes(): table.dispose()
for work in (lambda: len(table.df), makes, styles, closes):
    in_child(work)
"""


@pytest.fixture
def client() -> Iterator[BlockingKernelClient]:
    manager, started = start_new_kernel(kernel_name="python3")
    yield started
    started.stop_channels()
    manager.shutdown_kernel(now=True)


def messages(client: BlockingKernelClient, code: str) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []
    client.execute_interactive(code, output_hook=seen.append, timeout=PATIENCE_S)
    return seen


def test_a_kernels_child_sends_nothing_to_the_front_end(
    backend: LocalBackend, name: str, client: BlockingKernelClient
) -> None:
    publish(backend, name, "id int primary key")
    backend.sql(f"insert into {name} select generate_series(1, 5)")
    options = {"url": backend.url, "key": backend.anon_key}
    made = messages(client, MAKE.format(options=options, name=name))
    (model,) = {
        one["content"]["comm_id"]
        for one in made
        if one["msg_type"] == "comm_open" and "_esm" in str(one["content"]["data"])
    }
    seen = messages(client, USE)
    said = "".join(one["content"]["text"] for one in seen if one["msg_type"] == "stream")
    assert said.split() == ["ForkedError", "5", "ForkedError", "None"]
    assert not [one for one in seen if one["msg_type"] in {"comm_open", "comm_close"}]
    updates = [one for one in seen if one["msg_type"] == "comm_msg"]
    assert not [one for one in updates if "settings" in str(one["content"]["data"])]
    backend.sql(f"insert into {name} values (99)")
    messages(client, "table.wait_for(lambda df: 99 in df.index)")
    ended = messages(client, "table.dispose()")
    assert model in {one["content"]["comm_id"] for one in ended if one["msg_type"] == "comm_close"}
