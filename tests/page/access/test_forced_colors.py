"""High contrast, where the system replaces all colours by its own few: everything that a colour told can still be told."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from tests.page.axe import findings

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.page.conftest import Mount

COLUMNS: list[dict[str, Any]] = [
    {"name": "id", "kind": "int", "key": True},
    {"name": "title", "kind": "text", "key": False},
    {"name": "score", "kind": "int", "key": False},
    {"name": "heat", "kind": "int", "key": False},
    {"name": "status", "kind": "text", "key": False},
]
TONES = {"open": "warn", "done": "good", "failed": "bad", "asked": "info", "old": "muted"}
BOUNDS = {"low": None, "high": None}
STYLES = {
    "score": {"kind": "bar", **BOUNDS},
    "heat": {"kind": "heat", **BOUNDS},
    "status": {"kind": "values", "tones": TONES},
}
ROWS = [[str(n), "same", str(n), str(n), list(TONES)[n % 5]] for n in range(20)]
SHAPES = """(dot) => ["good", "wait", "warn", "bad", "off"].map((tone) => {
    dot.className = `dot ${tone}`;
    const { backgroundColor, borderTopStyle, borderTopColor, borderRadius, rotate } = getComputedStyle(dot);
    return [backgroundColor, borderTopStyle, borderTopColor, borderRadius, rotate].join();
})"""


@pytest.fixture
def table(page: Page, mount: Mount) -> Locator:
    """A table with every style, in high contrast."""
    page.emulate_media(forced_colors="active")
    settings = {"title": "papers", "height": 400, "styles": STYLES}
    mount(columns=COLUMNS, rows=ROWS, total=20, traits={"settings": settings})
    expect(page.locator("tbody tr").first).to_contain_text("same")
    return page.locator(".rtwidget")


def cell(table: Locator, row: int, column: int) -> Locator:
    return table.locator("tbody tr:not([hidden])").nth(row).locator("td").nth(column)


def different(*places: Locator) -> int:
    """Return how many pictures these places make."""
    return len({place.screenshot(animations="allow") for place in places})


def change(page: Page) -> None:
    page.evaluate("Object.assign(rig.kernel, { changed: [[7, 1]], more: { new: [9] } })")
    # What flashes fades by a timer, and must be looked at in peace.
    page.evaluate("setTimeout = () => 0; rig.kernel.push()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rows_are_told_apart(
    page: Page, table: Locator, scheme: Literal["light", "dark"], tmp_path: Path
) -> None:
    page.emulate_media(color_scheme=scheme, forced_colors="active")
    cell(table, 2, 1).click()
    cell(table, 4, 1).click(modifiers=["Shift"])
    expect(cell(table, 3, 1).locator("..")).to_have_attribute("aria-selected", "true")
    page.mouse.move(1, 1)
    change(page)
    expect(cell(table, 7, 1)).to_have_class(re.compile(r"\bhot\b"))
    chosen, cursor, plain, hot, new = (cell(table, row, 1) for row in (3, 4, 6, 7, 9))
    assert different(chosen, cursor, plain, hot, new) == 5
    folder = Path(os.environ.get("RTWIDGET_SHOTS", tmp_path))
    page.screenshot(path=folder / f"forced-{scheme}.png")


def test_a_removed_row_is_struck_through(page: Page, table: Locator) -> None:
    page.evaluate("rig.kernel.more = { gone: ['3'] }; rig.kernel.push()")
    fading = table.locator(".fading-row td").first
    expect(fading).to_have_css("text-decoration-line", "line-through")


def test_the_state_is_told_by_the_shape_of_its_dot(table: Locator) -> None:
    shapes = table.locator(".dot").evaluate(SHAPES)
    assert len(set(shapes)) == 5


def test_values_keep_their_styles(table: Locator) -> None:
    # Each cell of a bar, of heat and of a tone: the text is another, so the ground or the line must tell.
    for column in (2, 3):
        grounds = {cell(table, row, column).evaluate(GROUND) for row in (2, 8, 14)}
        assert len(grounds) == 3
        assert all("linear-gradient" in ground for ground in grounds)
    assert len({cell(table, row, 4).evaluate(MARKS) for row in range(5)}) == len(TONES)


GROUND = """(cell) => {
    const { backgroundImage, backgroundSize } = getComputedStyle(cell);
    return backgroundImage + backgroundSize;
}"""
MARKS = """(cell) => {
    const { textDecorationLine, textDecorationStyle, fontStyle } = getComputedStyle(cell);
    return textDecorationLine + textDecorationStyle + fontStyle;
}"""


def test_a_pressed_button_looks_pressed(page: Page, table: Locator) -> None:
    filters = table.get_by_role("button", name="Filters")
    before = filters.screenshot()
    filters.click()
    page.mouse.move(1, 1)
    assert filters.screenshot() != before
    cell(table, 2, 1).click()
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_prefers_contrast_gets_lines_that_can_be_seen(
    page: Page, mount: Mount, scheme: Literal["light", "dark"], tmp_path: Path
) -> None:
    mount(columns=COLUMNS, rows=ROWS, total=20)
    line = "getComputedStyle(document.querySelector('#cell > div').shadowRoot.querySelector('.rtwidget')).borderTopColor"
    expect(page.locator("tbody tr").first).to_contain_text("same")
    page.emulate_media(color_scheme=scheme)
    faint = page.evaluate(line)
    page.emulate_media(color_scheme=scheme, contrast="more")
    assert page.evaluate(line) != faint
    page.screenshot(path=Path(os.environ.get("RTWIDGET_SHOTS", tmp_path), f"contrast-{scheme}.png"))
    assert findings(page) == []
