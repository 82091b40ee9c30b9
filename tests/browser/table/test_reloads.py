"""A page that reloads in the middle of a stream, a kernel that restarts, and many changes without growing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.browser.lab.page_memory import GROWTH_COUNT, GROWTH_MB, PageMemory
from tests.browser.lab.ranked_table import SHOW, first_row, live, make, views
from tests.patience import PATIENCE_MS

STREAM_GAP_S = 0.05
MEASURE_MS = 10_000


@contextmanager
def stream(backend: LocalBackend) -> Iterator[None]:
    """Change rows all the time."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.wait(STREAM_GAP_S):
            number += 1
            backend.sql(f"update ranked set name = 'change {number}' where id <= 20")

    writing = threading.Thread(target=write)
    writing.start()
    try:
        yield
    finally:
        stop.set()
        writing.join()


def test_a_page_reloads_in_the_middle_of_a_stream(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 100)
    notebook = open_notebook([SHOW])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    with stream(backend):
        first_row(view, "change")
        notebook.save()
        notebook.page.reload()
        notebook.wait_for_kernel()
        (view,) = views(notebook.page, 1)
        live(view)
        before = view.locator("tbody tr:visible").first.inner_text()
        expect(view.locator("tbody tr:visible").first).not_to_have_text(before, timeout=PATIENCE_MS)
    backend.sql("update ranked set name = 'the last word' where id = 1")
    first_row(view, "the last word")


def test_a_restarted_kernel_leaves_no_fresh_looking_table(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 100)
    notebook = open_notebook([SHOW])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    notebook.restart_kernel()
    expect(view.locator(".word")).to_have_text("Kernel gone", timeout=PATIENCE_MS)
    expect(view.locator(".grid.stale")).to_have_count(1)
    notebook.wait_for_kernel()
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    first_row(view, "name 1")


def test_many_changes_leave_the_page_as_it_was(
    open_notebook: OpenNotebook, backend: LocalBackend
) -> None:
    make(backend, 500)
    notebook = open_notebook([SHOW])
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    with stream(backend):
        # What a page learns once, such as compiled code, is there after the first half.
        notebook.page.wait_for_timeout(MEASURE_MS)
        before = PageMemory.now(notebook.page)
        notebook.page.wait_for_timeout(MEASURE_MS)
        after = PageMemory.now(notebook.page)
    assert after.heap_mb - before.heap_mb < GROWTH_MB
    assert after.nodes - before.nodes < GROWTH_COUNT
    assert after.listeners - before.listeners < GROWTH_COUNT
