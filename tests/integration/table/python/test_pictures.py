"""A notebook that runs without a page, as nbconvert and papermill run it: its tables are pictures of the end of the run."""

from __future__ import annotations

import json
import re
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from traitlets.config import Config

VIEW = "application/vnd.jupyter.widget-view+json"
STATES = "application/vnd.jupyter.widget-state+json"
MAKE = """
import asyncio, ipywidgets
from rtwidget.view.replica_table import ReplicaTable
from rtwidget.replica.schema import Column, Schema
from rtwidget.sources.memory import MemoryRequest, MemorySource, MemoryTable
from rtwidget.abc import ResolvedSource
from rtwidget.store.order.ordering import Order
from rtwidget.widget.live_table import LiveTable

class Late(MemoryRequest):
    "Its first row comes after everybody in JupyterLab would have a view."
    async def resolve(self):
        await asyncio.sleep(0.6)
        return await super().resolve()

def people(name, request=MemoryRequest):
    source = MemoryTable(Schema((Column("id", "int8"), Column("name", "text")), ("id",)), name)
    source.rows.update({(key,): (key, f"{name} {key}") for key in range(3)})
    return source, LiveTable(ReplicaTable(request(source)), orders=[Order("id")])
"""
CELLS = {
    "make": MAKE,
    "late": "late, t = people('late', Late)\nt",
    "two": "left, right = people('left')[1], people('right')[1]\nipywidgets.HBox([left, ipywidgets.VBox([right])])",
    "slider": "ipywidgets.HBox([ipywidgets.IntSlider()])",
    "put": "t._handle.call(late.put, (7, 'late 7'))\n_ = t.wait_for(lambda df: 7 in df.index)",
    "close": "right.close()",
}


@pytest.fixture(scope="module")
def notebook() -> Any:
    """The notebook after its run."""
    form: Any = nbformat.v4
    cells = [form.new_code_cell(source) for source in CELLS.values()]
    notebook = form.new_notebook(cells=cells)
    return NotebookClient(notebook, timeout=300, kernel_name="python3").execute()


def shown(notebook: Any, cell: str) -> dict[str, Any]:
    (output,) = notebook.cells[list(CELLS).index(cell)].outputs
    data: dict[str, Any] = output["data"]
    return data


def test_all_rows_of_the_end_of_the_run_are_in_the_picture(notebook: Any) -> None:
    html = shown(notebook, "late")["text/html"]
    assert html.count("<td>late ") == 4
    assert "<td>late 7</td>" in html
    assert re.search(r"4 rows, as of .* UTC \((live|loading)\)\..* taken at .* UTC;", html)


def test_no_view_is_beside_a_picture(notebook: Any) -> None:
    """It would win, although no kernel is there to fill it."""
    assert STATES in notebook.metadata["widgets"]
    assert VIEW not in shown(notebook, "late")
    assert VIEW not in shown(notebook, "two")


def test_a_box_shows_the_pictures_of_all_its_tables(notebook: Any) -> None:
    html = shown(notebook, "two")["text/html"]
    assert html.index("<td>left 0</td>") < html.index("<td>right 0</td>")
    assert html.count("(closed)") == 1


def test_a_box_without_tables_is_left_alone(notebook: Any) -> None:
    assert set(shown(notebook, "slider")) == {"text/plain", VIEW}


@pytest.mark.parametrize("template", ["lab", "classic", "basic"])
def test_nbconvert_s_page_holds_the_pictures(notebook: Any, template: str) -> None:
    config = Config({"HTMLExporter": {"template_name": template}})
    export: Any = HTMLExporter
    page, _resources = export(config=config).from_notebook_node(notebook)
    for name in ("late 7", "left 0", "right 0"):
        assert f"<td>{name}</td>" in page
    assert page.count(f'<script type="{VIEW}">') == 1


def test_the_run_left_no_error(notebook: Any) -> None:
    outputs = [output for cell in notebook.cells for output in cell.outputs]
    assert {output["output_type"] for output in outputs} <= {"display_data", "execute_result"}
    json.dumps(notebook)
