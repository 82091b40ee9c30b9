"""One backend, one JupyterLab and one Chromium for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser

from rtwidget.local import LocalBackend
from rtwidget.local.demo.demo_table import create_demo
from tests.browser.lab.lab_page import LabPage
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage
from tests.browser.lab.scene import Scene
from tests.integration.steady import steady_backend


class OpenNotebook(Protocol):
    """Writes a notebook with these cells and opens it."""

    def __call__(self, cells: list[str], kernel: str = "python3") -> NotebookPage: ...


@pytest.fixture(scope="session")
def backend() -> Iterator[LocalBackend]:
    with steady_backend() as running:
        create_demo(running.dsn)
        yield running


@pytest.fixture(scope="session")
def lab(backend: LocalBackend, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    environment = {
        "SUPABASE_URL": backend.url,
        "SUPABASE_ANON_KEY": backend.anon_key,
        "RTWIDGET_DEMO_DSN": backend.dsn,
    }
    with Lab(tmp_path_factory.mktemp("lab"), environment) as running:
        yield running


@pytest.fixture(scope="session")
def lab_page(lab: Lab, chromium: Browser) -> LabPage:
    return LabPage(lab, chromium)


@pytest.fixture
def open_notebook(
    lab: Lab, lab_page: LabPage, request: pytest.FixtureRequest
) -> Iterator[OpenNotebook]:
    """Write a notebook with these cells and open it; an uncaught error in the page fails the test."""
    opened: list[NotebookPage] = []

    def open_one(cells: list[str], kernel: str = "python3") -> NotebookPage:
        name = f"{request.node.name}-{len(opened)}.ipynb"
        lab.write_notebook(name, cells, kernel)
        opened.append(lab_page.open(name))
        return opened[-1]

    with lab_page.lent(request.session):
        yield open_one
        for notebook_page in opened:
            notebook_page.close()
    for notebook_page in opened:
        assert notebook_page.errors == []


@pytest.fixture(scope="module")
def stage(lab: Lab, lab_page: LabPage, request: pytest.FixtureRequest) -> Iterator[NotebookPage]:
    """One notebook for the tests of a module, because opening one takes longer than what they do in it."""
    name = f"{request.path.stem}.ipynb"
    lab.write_notebook(name, ["", ""])
    with lab_page.lent(request.session):
        opened = lab_page.open(name)
        yield opened
        opened.close()


@pytest.fixture
def scene(stage: NotebookPage, backend: LocalBackend) -> Iterator[Scene]:
    """A table with a column of each kind; an uncaught error in the page fails the test."""
    yield Scene(stage, backend)
    stage.run_for(1, "t.close()")
    assert stage.errors == []


@pytest.fixture
def shots() -> Path:
    """Where screenshots go, to be looked at by people."""
    folder = Path(__file__).parent / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder
