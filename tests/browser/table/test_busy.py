"""While a cell computes: changes go on, and requests are answered, or the view says that the kernel is busy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rtwidget.local import LocalBackend
from tests.browser.conftest import OpenNotebook
from tests.browser.lab.kernels import add_kernel
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.ranked_table import SHOW, live, make, views
from tests.patience import PATIENCE_MS

BUSY = """from pathlib import Path
while not Path({enough!r}).exists(): sum(range(1000))
print("computed")"""
# Before 7, a kernel hears nothing while a cell runs; 7.4.0 sent messages to the wrong thread.
VERSIONS = ["6.31.0", "7.3.0", "installed"]


@pytest.fixture(scope="module")
def kernel_of(lab: Lab) -> Callable[[str], str]:
    """The name of a kernel with that version of ipykernel."""
    return lambda version: "python3" if version == "installed" else add_kernel(lab.data, version)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_table_stays_live_while_a_cell_computes(
    open_notebook: OpenNotebook,
    backend: LocalBackend,
    kernel_of: Callable[[str], str],
    version: str,
    tmp_path: Path,
) -> None:
    make(backend, 500)
    enough = tmp_path / "enough"
    notebook = open_notebook([SHOW, BUSY.format(enough=str(enough))], kernel_of(version))
    notebook.run(0)
    (view,) = views(notebook.page, 1)
    live(view)
    notebook.run(1, wait=False)
    backend.sql("update ranked set name = 'while busy' where id = 1")
    cell = view.get_by_role("gridcell", name="while busy", exact=True)
    expect(cell).to_be_visible(timeout=PATIENCE_MS)
    view.locator(".viewport").evaluate("box => { box.scrollTop = 400 * 24; }")
    if version.startswith("6"):
        expect(view.locator(".details")).to_contain_text("kernel busy", timeout=PATIENCE_MS)
    else:
        far = view.get_by_role("gridcell", name="name 405", exact=True)
        expect(far).to_be_visible(timeout=PATIENCE_MS)
    assert "computed" not in notebook.output(1)
    enough.touch()
    far = view.get_by_role("gridcell", name="name 405", exact=True)
    expect(far).to_be_visible(timeout=PATIENCE_MS)
    expect(view.locator(".details")).not_to_contain_text("kernel busy")
