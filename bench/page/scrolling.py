"""The time between frames while 1,000,000 rows are scrolled, against ag-grid and regular-table; and our own with 500 columns."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, Route

from bench.cases import Result
from bench.measure import by_turns, percentile
from bench.notebook.stage import chromium
from bench.page.bundles import build_into
from tests.page.conftest import ADDRESS, BUNDLE, SITE

_ROWS = 1_000_000
_HEIGHT_PX = 600
_SCROLL_MS = 3_000
_PEERS = ("ag-grid", "regular-table")
_MOUNT_OURS = f"""async () => {{
    const {{ mountOurs }} = await import("./scroll.js");
    window.scroller = await mountOurs(rig, {_ROWS}, {_HEIGHT_PX});
}}"""
_WIDE = "ours, 500 columns"
_MOUNT_WIDE = f"""async () => {{
    const {{ mountWide }} = await import("./scroll.js");
    window.scroller = await mountWide(rig, {_ROWS}, {_HEIGHT_PX}, 500);
}}"""
_MOUNT_PEER = f"""async name => {{
    const {{ mount }} = await import(`./${{name}}.js`);
    const cell = document.querySelector("#cell");
    cell.style.height = "{_HEIGHT_PX}px";
    window.scroller = mount(cell, {_ROWS});
}}"""
_READY = """async () => {
    const { shownText } = await import("./scroll.js");
    return scroller() && shownText(scroller()).includes("customer");
}"""
_SCROLL = """async ms => {
    const { scroll } = await import("./scroll.js");
    return scroll(scroller(), ms);
}"""


def run() -> list[Result]:
    """Return the p95 of the time between two frames; that of 500 columns is compared with that of 13."""
    with _built() as folder, chromium() as browser:
        pages = {name: _page(browser, folder, name) for name in ("ours", _WIDE, *_PEERS)}
        found = by_turns({name: partial(_gap_ms, page) for name, page in pages.items()})
    narrow = [_compared("", "ours", peer, found) for peer in _PEERS]
    return [*narrow, _compared(" of 500 columns", _WIDE, "ours", found)]


def _compared(which: str, name: str, peer: str, found: dict[str, list[float]]) -> Result:
    title = f"scrolling {_ROWS:,} rows{which}, time between frames p95"
    other = "13 columns" if peer == "ours" else peer
    return Result(title, median(found[name]), median(found[peer]), "ms", 35, other, "ours")


@contextmanager
def _built() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        build_into(Path(name))
        yield Path(name)


def _page(browser: Browser, folder: Path, name: str) -> Page:
    """Open a page with one grid, and wait for its rows."""
    page = browser.new_context(viewport={"width": 1200, "height": 700}).new_page()
    files = {BUNDLE.name: BUNDLE, "": SITE / "index.html"}
    # Served from here, so that no server is needed and nothing but the grid is on the way.
    page.route("**/*", lambda route: _serve(route, files, folder))
    page.goto(ADDRESS)
    page.wait_for_function("window.rig !== undefined")
    if name in ("ours", _WIDE):
        page.evaluate(_MOUNT_OURS if name == "ours" else _MOUNT_WIDE)
    else:
        page.evaluate(_MOUNT_PEER, name)
    page.wait_for_function(_READY)
    return page


def _serve(route: Route, files: dict[str, Path], folder: Path) -> None:
    name = route.request.url.removeprefix(ADDRESS)
    places = (files.get(name, SITE / name), folder / name)
    found = next((file for file in places if file.is_file()), None)
    if found is None:
        route.fulfill(status=404)
    else:
        route.fulfill(path=found)


def _gap_ms(page: Page) -> float:
    # A tab in the background gets no frames.
    page.bring_to_front()
    scrolled: dict[str, Any] = page.evaluate(_SCROLL, _SCROLL_MS)
    # A grid that stands still or goes blank would be the fastest of all.
    if scrolled["px"] <= 0 or "customer" not in scrolled["text"]:
        raise RuntimeError("A grid did not scroll, or lost its rows.")
    return percentile(scrolled["gaps"], 95)
