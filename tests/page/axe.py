"""What axe-core finds in a page that people who cannot see or point cannot use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "rtwidget" / "js" / "node_modules" / "axe-core" / "axe.min.js"
FINDINGS = """async () => {
    const { violations } = await axe.run(document.querySelector("#cell"));
    return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html + failureSummary).slice(0, 3)}`);
}"""


def findings(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate(FINDINGS)
    return found
