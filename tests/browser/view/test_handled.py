"""What people do with a table in a real notebook: arrange its columns, find rows, and walk through it by key."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.lab.scene import Scene, box_of, cell, head
from tests.page.actions import drag
from tests.patience import PATIENCE_MS

CELLS = "window.jupyterapp.shell.currentWidget.content.widgets.length"
ACTIVE = """(box) => box.getRootNode().getElementById(box.getAttribute("aria-activedescendant")).textContent"""


def names(view: Locator) -> Locator:
    return view.locator("th .name")


def width(view: Locator, column: str) -> float:
    return box_of(head(view, column))["width"]


def test_columns_are_arranged_by_pointer(scene: Scene, shots: Path) -> None:
    view = scene.show()
    before = width(view, "status")
    drag(scene.page, head(view, "status").locator(".grip"), 60)
    assert width(view, "status") == before + 60
    drag(scene.page, head(view, "score"), -3 * before)
    expect(names(view)).to_have_text(["id", "score", "name", "status", "amount", "ok", "doc", "at"])
    expect(cell(view, 5, "score")).to_have_text("0.05")
    expect(head(view, "score")).to_have_attribute("aria-sort", "none")
    view.get_by_role("button", name="Columns").click()
    view.get_by_role("button", name="Fit", exact=True).click()
    assert width(view, "status") == before
    view.get_by_role("checkbox", name="doc", exact=True).uncheck()
    expect(view.get_by_role("grid")).to_have_attribute("aria-colcount", "7")
    view.get_by_role("button", name="pin at at the left").click()
    expect(names(view)).to_have_text(["at", "id", "score", "name", "status", "amount", "ok"])
    scene.page.mouse.move(0, 0)
    for _ in range(30):
        head(view, "name").press("Alt+ArrowRight")
    pinned, moving = box_of(cell(view, 5, "at")), box_of(cell(view, 5, "ok"))
    view.locator(".viewport").evaluate("box => { box.scrollLeft = 200; }")
    assert box_of(cell(view, 5, "at")) == pinned
    assert box_of(cell(view, 5, "ok"))["x"] == moving["x"] - 200
    scene.sql("update scene set status = 'changed' where id = 5")
    expect(cell(view, 5, "status")).to_have_text("changed", timeout=PATIENCE_MS)
    scene.page.screenshot(path=shots / "columns.png")


def test_the_order_is_frozen_while_somebody_chooses(scene: Scene) -> None:
    view = scene.show()
    columns = view.get_by_role("button", name="Columns")
    columns.click()
    expect(view.locator(".details")).to_contain_text("order held")
    came = "insert into scene (id, name) values (-1, 'came')"
    scene.sql(f"{came}; update scene set status = 'seen' where id = 1")
    expect(cell(view, 1, "status")).to_have_text("seen", timeout=PATIENCE_MS)
    columns.click()
    expect(cell(view, 1, "name")).to_have_text("came", timeout=PATIENCE_MS)
    box = box_of(cell(view, 4, "name"))
    scene.page.mouse.move(box["x"] + 20, box["y"] + 12)
    scene.page.mouse.down()
    scene.sql("insert into scene (id, name) values (-2, 'came too')")
    expect(view.locator(".details")).to_contain_text("202 rows", timeout=PATIENCE_MS)
    expect(cell(view, 4, "name")).to_have_text("name 3")
    scene.page.mouse.up()
    expect(cell(view, 1, "name")).to_have_text("came too", timeout=PATIENCE_MS)
    expect(view.locator("tr[aria-selected=true]")).to_contain_text(["name 3"])


def test_each_kind_of_column_is_filtered(scene: Scene, shots: Path) -> None:
    scene.sql("update scene set status = null where id <= 4")
    view = scene.show()
    view.get_by_role("button", name="Filters").click()
    found = {
        "amount": (">= 190,000", 11),
        "score": ("..0.5", 50),
        "ok": ("true", 100),
        "doc": ('"n": 17', 11),
        "at": ("2026-01-05", 1),
        "status": ("is null", 4),
    }
    for column, (typed, matching) in found.items():
        field = view.get_by_label(f"Filter {column}")
        field.fill(typed)
        expect(view.locator(".details")).to_contain_text(f" {matching} match", timeout=PATIENCE_MS)
        field.fill("")
    view.get_by_label("Filter status").focus()
    field = view.page.get_by_label("Filter status")
    offered = view.locator("td").filter(has=field).locator("option")
    expect(offered.first).to_have_attribute("label", "failed (66)", timeout=PATIENCE_MS)
    expect(offered.and_(view.page.locator("[value='is null']"))).to_have_attribute(
        "label", "is null (4)"
    )
    scene.page.screenshot(path=shots / "filters.png")


def test_keys_walk_through_the_grid(scene: Scene) -> None:
    view = scene.show()
    grid, viewport = view.get_by_role("grid", name="scene"), view.locator(".viewport")
    expect(grid).to_have_attribute("aria-rowcount", "201")
    expect(grid).to_have_attribute("aria-colcount", "8")
    viewport.focus()
    walk = {
        "ArrowDown": "1",
        "ArrowRight": "name 1",
        "PageDown": "name 15",
        "PageUp": "name 1",
        "End": "2026-01-02 12:00:00",
        "Home": "1",
        "Control+End": "2026-07-20 12:00:00",
        "ArrowUp": "2026-07-19 12:00:00",
        "ArrowLeft": '{"n": 199, "tags": ["a", "b"]}',
        "Control+Home": "1",
    }
    for key, text in walk.items():
        scene.page.keyboard.press(key)
        expect(view.locator("td.cursor")).to_have_text(text, timeout=PATIENCE_MS)
        assert viewport.evaluate(ACTIVE) == text
        expect(view.locator("td.cursor")).to_be_in_viewport()
    scene.page.keyboard.press("Enter")
    panel = view.get_by_role("region", name="Row")
    expect(panel).to_be_visible()
    # In JupyterLab's command mode these would cut, delete, or add cells.
    for key in ("x", "d", "d", "a", "b"):
        scene.page.keyboard.press(key)
    assert scene.page.evaluate(CELLS) == 2
    scene.page.keyboard.press("Escape")
    expect(panel).not_to_be_visible()
    expect(viewport).to_be_focused()
