"""Keys that are pressed in a table act on the table or on the application, and never on the notebook around it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from rtwidget.local import LocalBackend
from tests.browser.lab.keys import BINDINGS, Places, commands_heard, presses, state
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage
from tests.browser.lab.ranked_table import SHOW, first_row, live, make, views

CELLS = ["a = 'above'", SHOW, "b = 'below'"]
# Commands of these kinds change cells, what is chosen of them, or the kernel.
HARMFUL = (
    *("notebook:", "editmenu:", "runmenu:", "kernelmenu:", "console:", "completer:", "tooltip:"),
    *("inline-completer:", "codemirror:", "viewmenu:", "celltags:", "filemenu:"),
    *("filebrowser:cut", "filebrowser:delete", "documentsearch:highlight"),
)
# As people and extensions bind keys, and on what.
BOUND_LATER = [
    [["Ctrl Alt R"], ".jp-Notebook", "kernelmenu:restart-and-clear"],
    [["Alt R"], ".jp-Cell", "notebook:run-cell"],
    [["Ctrl K", "Ctrl D"], ".jp-NotebookPanel", "notebook:delete-cell"],
    [["F8"], ".jp-OutputArea", "notebook:clear-cell-output"],
    [["Accel Z"], "body", "notebook:undo-cell-action"],
    [["Accel Backspace"], "body", "notebook:delete-cell"],
    [["Delete"], "body", "notebook:delete-cell"],
]
BIND = """(bindings) => bindings.map(([keys, selector, command]) =>
    window.jupyterapp.commands.addKeyBinding({ keys, selector, command }))"""
PLACES = ["cells", "heading", "search", "filter", "button", "column", "pin", "detail"]
FIELDS = ["search", "filter"]
SELECTED = "(field) => [field.selectionStart, field.selectionEnd]"
PALETTE = ".jp-ModalCommandPalette, #modal-command-palette"
IS_SAVED = "!window.jupyterapp.shell.currentWidget.context.model.dirty"


@pytest.fixture(scope="module", params=["JupyterLab", "Notebook 7"])
def notebook(
    lab: Lab, chromium: Browser, backend: LocalBackend, request: pytest.FixtureRequest
) -> Iterator[NotebookPage]:
    name = f"keys-{request.param[-1]}.ipynb"
    make(backend, 200)
    lab.write_notebook(name, CELLS)
    address = lab.notebook_address(name) if request.param == "Notebook 7" else None
    opened = NotebookPage(lab, chromium, name, address)
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.page.evaluate(BIND, BOUND_LATER)
    yield opened
    opened.close()
    assert [error for error in opened.errors if "blob:" in error] == []


@pytest.fixture
def view(notebook: NotebookPage) -> Locator:
    """A table that was just shown, below a cell in which somebody typed; a cell of it was clicked last."""
    for place, code in enumerate(CELLS):
        notebook.set_source(place, code)
    notebook.run(1)
    (shown,) = views(notebook.page, 1)
    live(shown)
    first_row(shown, "name 1")
    write_above(notebook.page)
    shown.get_by_role("gridcell", name="name 2", exact=True).click()
    return shown


def write_above(page: Page) -> None:
    """Type into the cell above the table, as the browser remembers it for its own undo."""
    page.locator(".jp-Cell .cm-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" # an hour of work")


@pytest.mark.parametrize("name", PLACES)
def test_no_shortcut_changes_the_notebook(notebook: NotebookPage, view: Locator, name: str) -> None:
    page = notebook.page
    shortcuts = {tuple(keys) for keys in page.evaluate(BINDINGS)}
    assert len(shortcuts) > 80
    places = Places(view)
    before = state(page)
    with commands_heard(page) as heard:
        for keys in sorted(shortcuts):
            places.reach(name)
            for press in presses(keys):
                page.keyboard.press(press)
        # Everything that was pressed before is heard before.
        places.reach(name)
        page.keyboard.press("Control+s")
        page.wait_for_function("heard.at(-1) === 'docmanager:save'")
        commands = set(heard())
    assert [command for command in commands if command.startswith(HARMFUL)] == []
    assert "apputils:activate-command-palette" in commands
    assert state(page) == before


@pytest.mark.parametrize("name", ["cells", *FIELDS])
def test_the_application_keeps_its_keys(notebook: NotebookPage, view: Locator, name: str) -> None:
    page = notebook.page
    places = Places(view)
    before = state(page)
    places.reach(name)
    page.keyboard.press("Control+s")
    page.wait_for_function(IS_SAVED)
    page.keyboard.press("Control+Shift+c")
    palette = page.get_by_placeholder("SEARCH", exact=True)
    expect(palette).to_be_focused()
    page.keyboard.press("Escape")
    expect(palette).not_to_be_visible()
    places.reach(name)
    page.keyboard.press("Control+f")
    find = page.get_by_role("searchbox", name="Find", exact=True).or_(
        page.get_by_placeholder("Find")
    )
    expect(find.first).to_be_focused()
    places.reach(name)
    page.keyboard.press("Escape")
    expect(find).to_have_count(0)
    places.reach(name)
    page.keyboard.press("Tab")
    expect(view.locator(":focus")).to_have_count(1)
    expect(places.at(name)).not_to_be_focused()
    assert state(page) == before


@pytest.mark.parametrize("first", ["cell", "button", "code"])
@pytest.mark.parametrize("name", FIELDS)
def test_a_text_field_is_edited_by_every_key(
    notebook: NotebookPage, view: Locator, name: str, first: str
) -> None:
    page = notebook.page
    places = Places(view)
    field = places.at(name)
    if first == "button":
        view.locator(".columns button").first.click()
    elif first == "code":
        write_above(page)
    before = state(page)
    field.click()
    after = state(page)
    assert after["cells"] == before["cells"]
    page.keyboard.type("two words")
    page.keyboard.press("Control+a")
    assert field.evaluate(SELECTED) == [0, 9]
    page.keyboard.press("Control+c")
    page.keyboard.press("End")
    page.keyboard.press("Control+Backspace")
    expect(field).to_have_value("two ")
    page.keyboard.press("Control+v")
    expect(field).to_have_value("two two words")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+x")
    expect(field).to_have_value("two two ")
    for press in ("Enter", "Control+Enter", "Shift+Enter", "Alt+Enter", "Control+Shift+-"):
        page.keyboard.press(press)
    for value in ("two two words", "two ", "two words"):
        page.keyboard.press("Control+z")
        expect(field).to_have_value(value)
    for press, value in (("Control+Shift+z", "two "), ("Control+y", "two two words")):
        page.keyboard.press(press)
        expect(field).to_have_value(value)
    # More often than there is anything to take back.
    for _ in range(12):
        page.keyboard.press("Control+z")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    assert state(page) == after


@pytest.mark.parametrize("name", ["cells", "heading", "button", "column", "detail"])
def test_beside_text_fields_nothing_is_edited_and_rows_are_copied(
    notebook: NotebookPage, view: Locator, name: str
) -> None:
    page = notebook.page
    places = Places(view)
    before = state(page)
    for press in (
        "Control+z",
        "Control+Shift+z",
        "Control+y",
        "Control+a",
        "Control+x",
        "Control+v",
    ):
        places.reach(name)
        page.keyboard.press(press)
    assert page.evaluate("String(getSelection())") == ""
    page.evaluate("navigator.clipboard.writeText('before')")
    places.reach(name)
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == "id\tname\tscore\n2\tname 2\t998"
    assert state(page) == before
