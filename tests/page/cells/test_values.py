from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

ATTACK = '<img src=x onerror="window.attacked = true"><script>window.attacked = true</script>'


def test_markup_appears_as_text_everywhere(page: Page, mount: Mount) -> None:
    error = {"message": f"bad {ATTACK}", "hint": f"try `{ATTACK}` or {ATTACK}"}
    mount(
        columns=[{"name": ATTACK, "kind": "text", "key": True}],
        rows=[[ATTACK]],
        total=1,
        traits={"settings": {"title": ATTACK, "height": 300}},
        status={"state": "failed", "error": error},
    )
    for place in ("tbody td >> nth=0", ".name", ".title", ".message", ".problem code"):
        expect(page.locator(place)).to_contain_text(ATTACK)
    page.get_by_role("button", name="Details").click()
    page.get_by_role("button", name="Columns").click()
    page.evaluate("rig.kernel.wholeRow = () => rig.kernel.makeRow(0)")
    for place in ("dt", ".entry label"):
        expect(page.locator(place)).to_contain_text(ATTACK)
    assert page.locator("img, script:not([src])").count() == 0
    assert page.evaluate("window.attacked") is None


def test_null_the_text_null_and_empty_text_differ(page: Page, mount: Mount) -> None:
    mount(rows=[["1", None], ["2", "null"], ["3", ""]], total=3)
    cells = page.locator("td[aria-colindex='2']")
    expect(cells).to_have_count(3)
    looks = cells.evaluate_all(
        """cells => cells.map((cell) => {
            const { fontStyle, fontVariantCaps, color } = getComputedStyle(cell);
            return [cell.textContent, fontStyle, fontVariantCaps, color].join();
        })"""
    )
    assert len(set(looks)) == 3
    assert looks[0].startswith("null,italic,small-caps,")
    assert looks[1].startswith("null,normal,normal,")
    assert looks[2].startswith('"",normal,')


def test_the_whole_value_is_told_on_hover(page: Page, mount: Mount) -> None:
    columns = [
        {"name": "id", "kind": "int", "key": True},
        {"name": "at", "kind": "timestamptz", "key": False},
    ]
    mount(columns=columns, rows=[["1", "2026-11-22T18:37:05.123456+00:00"]], total=1)
    cell = page.locator("td[aria-colindex='2']")
    expect(cell).to_have_text("2026-11-22 19:37:05")
    cell.hover()
    expect(cell).to_have_attribute("title", "2026-11-22T18:37:05.123456+00:00")


def test_arrows_walk_through_the_headers(page: Page, mount: Mount) -> None:
    mount(total=10)
    page.get_by_role("columnheader", name="id").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("columnheader", name="title")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("columnheader", name="title")).to_be_focused()
