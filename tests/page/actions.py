"""What tests do with a table on a page, and what they read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

COPY = """() => new Promise((done) => {
    document.addEventListener("copy", (event) => done(event.clipboardData.getData("text/plain")), { once: true });
})"""
ACKED = "rig.model.sent.filter(({ kind }) => kind === 'ack').at(-1)?.seq === rig.kernel.seq"


def scroll_to(page: Page, pixels: str) -> None:
    page.locator(".viewport").evaluate(f"box => {{ box.scrollTop = {pixels}; }}")


def names(page: Page) -> Locator:
    return page.locator("th .name")


def head(page: Page, name: str) -> Locator:
    return page.locator("th").filter(has=page.get_by_text(name, exact=True))


def width(page: Page, name: str) -> float:
    box = head(page, name).bounding_box()
    assert box is not None
    return box["width"]


def drag(page: Page, start: Locator, by_x: float) -> None:
    box = start.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by_x / 2, y, steps=3)
    page.mouse.move(x + by_x, y, steps=3)
    page.mouse.up()


def row(page: Page, index: int) -> Any:
    return page.get_by_role("gridcell", name=f"row {index}", exact=True)


def told(page: Page) -> Any:
    """The choice that the kernel was told last."""
    return page.evaluate("rig.model.sent.filter(({ kind }) => kind === 'select').at(-1)?.keys")
