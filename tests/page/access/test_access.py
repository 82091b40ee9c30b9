"""No serious finding of axe-core, in every state that people meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from tests.page.axe import findings
from tests.page.proposals import COLUMNS, rows

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

STATES: dict[str, dict[str, Any]] = {
    "live": {},
    "offline": {
        "state": "offline",
        "attempt": 3,
        "retry_at": 1016,
        "error": {"message": "The server closed the connection.", "hint": "Run `select 1;`."},
    },
    "loading": {"state": "loading", "rows": 3000, "expected_rows": 12_000, "verified_at": None},
    "paused": {"state": "paused"},
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_no_state_has_a_serious_finding(
    page: Page, mount: Mount, state: str, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    settings = {"title": "agent_proposals", "height": 340}
    status = STATES[state]
    mount(columns=COLUMNS, rows=rows(300), total=300, status=status, traits={"settings": settings})
    expect(page.locator("tbody tr").first).to_contain_text("scout")
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_open_has_no_serious_finding(
    page: Page, mount: Mount, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    mount(columns=COLUMNS, rows=rows(300), total=300)
    expect(page.locator("tbody tr").first).to_contain_text("scout")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("searchbox", name="Search all columns").fill("a")
    page.locator("tbody td").first.click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Row").locator("dt").first).to_be_visible()
    page.keyboard.press("Control+c")
    expect(page.locator(".notice")).to_have_text("Copied 1 row")
    page.evaluate(
        "rig.kernel.changed = [[0, 3]]; rig.kernel.more = { new: [2] }; rig.kernel.push()"
    )
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_coloured_values_can_be_read(
    page: Page, mount: Mount, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    tones = {"pending": "warn", "approved": "good", "rejected": "bad", "needs-info": "info"}
    bounds = {"low": None, "high": None}
    styles = {
        "status": {"kind": "values", "tones": tones},
        "score": {"kind": "bar", **bounds},
        "amount": {"kind": "heat", **bounds},
    }
    settings = {"title": "t", "height": 340, "styles": styles}
    mount(columns=COLUMNS, rows=rows(300), total=300, traits={"settings": settings})
    expect(page.locator("td.tone").first).to_be_visible()
    assert findings(page) == []


def test_without_rows_there_is_no_serious_finding(page: Page, mount: Mount) -> None:
    mount(total=0)
    expect(page.locator(".empty")).to_be_visible()
    assert findings(page) == []


@pytest.mark.parametrize("width", [400, 600])
def test_a_narrow_page_and_one_at_200_percent_hide_nothing(
    page: Page, mount: Mount, width: int
) -> None:
    # A page of 1200 pixels at 200 % has 600 of its own.
    page.set_viewport_size({"width": width, "height": 350})
    settings = {"title": "agent_proposals", "height": 300}
    error = STATES["offline"]
    mount(columns=COLUMNS, rows=rows(300), total=300, status=error, traits={"settings": settings})
    expect(page.locator("tbody tr").first).to_contain_text("scout")
    for name in ("Filters", "Columns"):
        page.get_by_role("button", name=name).click()
    outside = page.locator(".rtwidget").evaluate(
        """(box) => [...box.querySelectorAll("button, input:not(td input), .word, .details, .message")]
            .filter((one) => one.offsetParent !== null)
            .filter((one) => one.getBoundingClientRect().right > box.getBoundingClientRect().right)
            .map((one) => one.outerHTML)"""
    )
    assert outside == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".viewport").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    expect(page.locator("tbody tr:not([hidden])").last).to_contain_text("41499")
    assert findings(page) == []
