"""Whom a table reaches in JupyterLab: people who zoom, who have little room, and whose screen is read to them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.lab.scene import Scene, cell, dark
from tests.page.axe import AXE

FINDINGS = """async (box) => {
    const { violations, passes } = await axe.run(box.getRootNode().host);
    return [passes.length, violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html + failureSummary).slice(0, 3)}`)];
}"""
OUTSIDE = """(box) => [...box.querySelectorAll("button, input:not(td input), .word, .details, .message")]
    .filter((one) => one.offsetParent !== null)
    .filter((one) => one.getBoundingClientRect().right > Math.min(innerWidth, box.getBoundingClientRect().right))
    .map((one) => one.outerHTML)"""
STYLES = 't.style("score", "bar").style("amount", "heat").style("status", {"open": "warn", "done": "good", "failed": "bad"})'


SIZES = [(700, 500, 2), (400, 800, 1)]


@contextmanager
def screen(page: Page, width: int, height: int, scale: int) -> Iterator[CDPSession]:
    """Give the page what a browser of that size, or one that is zoomed so far, gives it: fewer and larger pixels."""
    size = page.viewport_size
    assert size is not None
    session = page.context.new_cdp_session(page)
    metrics: dict[str, Any] = {"width": width, "height": height, "deviceScaleFactor": scale}
    session.send("Emulation.setDeviceMetricsOverride", {**metrics, "mobile": False})
    page.wait_for_function("width => innerWidth === width", arg=width)
    assert page.evaluate("devicePixelRatio") == scale
    try:
        yield session
    finally:
        session.detach()
        # The size that playwright set last is the one that it takes for set.
        page.set_viewport_size({"width": size["width"] + 1, "height": size["height"]})
        page.set_viewport_size(size)
    page.wait_for_function("width => innerWidth === width", arg=size["width"])


@contextmanager
def files_hidden(page: Page) -> Iterator[None]:
    """Give the notebook the room of the list of files, as everybody does who has little."""
    toggle = "window.jupyterapp.commands.execute('application:toggle-left-area')"
    files = page.locator(".jp-FileBrowser")
    page.evaluate(toggle)
    expect(files).not_to_be_visible()
    try:
        yield
    finally:
        page.evaluate(toggle)
        expect(files).to_be_visible()


def take_picture(session: CDPSession, file: Path) -> None:
    """Save what is on the screen; playwright's own pictures are taken at its own size."""
    file.write_bytes(base64.b64decode(session.send("Page.captureScreenshot")["data"]))


@pytest.mark.parametrize(("width", "height", "scale"), SIZES, ids=["zoomed-200", "narrow"])
def test_little_room_hides_nothing(
    scene: Scene, shots: Path, width: int, height: int, scale: int
) -> None:
    view = scene.show("", STYLES)
    with screen(scene.page, width, height, scale) as session, files_hidden(scene.page):
        view.get_by_role("button", name="Filters").click()
        view.get_by_role("button", name="Columns").click()
        take_picture(session, shots / f"room-{width}.png")
        assert view.evaluate(OUTSIDE) == []
        view.locator(".viewport").focus()
        for key, text in (("Control+End", "2026-07-20 12:00:00"), ("Control+Home", "1")):
            scene.page.keyboard.press(key)
            expect(view.locator("td.cursor")).to_have_text(text)
            expect(view.locator("td.cursor")).to_be_in_viewport(ratio=1)


def findings(view: Locator) -> list[str]:
    passed: int
    found: list[str]
    passed, found = view.evaluate(FINDINGS)
    assert passed > 20
    return found


def test_axe_finds_nothing_serious(scene: Scene, shots: Path) -> None:
    view = scene.show("", STYLES)
    view.get_by_role("button", name="Filters").click()
    view.get_by_role("button", name="Columns").click()
    cell(view, 2, "name").click()
    scene.page.keyboard.press("Enter")
    expect(view.get_by_role("region", name="Row").locator("dt").first).to_be_visible()
    scene.page.add_script_tag(path=AXE)
    assert findings(view) == []
    scene.page.screenshot(path=shots / "open-light.png")
    with dark(scene.page):
        assert findings(view) == []
        scene.page.screenshot(path=shots / "open-dark.png")
