"""What people see in a real notebook: changes where they happen, values as they asked for them, one row whole, the newest row."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.lab.pixels import colour_at
from tests.browser.lab.scene import Scene, box_of, cell, dark
from tests.patience import PATIENCE_MS

# A flash is over before a busy machine looks again, so the page itself writes down what it painted.
WATCH = """(box) => {
    window.seen = {};
    const note = (kind, text, element) => {
        const { backgroundColor, animationName } = getComputedStyle(element);
        (window.seen[kind] ??= {})[text] = kind === "gone" ? animationName : backgroundColor;
    };
    new MutationObserver((records) => {
        for (const { target, addedNodes } of records) {
            if (target.matches("td.hot")) note("hot", target.textContent, target);
            if (target.matches("tr.new")) note("new", target.cells[1].textContent, target.cells[1]);
            for (const added of addedNodes) {
                if (added.className === "fading-row") note("gone", added.querySelectorAll("td")[1].textContent, added);
            }
        }
    }).observe(box, { subtree: true, childList: true, attributeFilter: ["class"] });
}"""
BACKGROUND = "cell => getComputedStyle(cell).backgroundColor"
TONE = """(cell) => {
    const parts = getComputedStyle(cell).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
    return ["red", "green", "blue"][parts.indexOf(Math.max(...parts))];
}"""
LONG = "A long text. " * 200


def seen(view: Locator, kind: str, *texts: str) -> set[str]:
    """Wait until the page painted these in that way; return in which ways."""
    view.page.wait_for_function(
        "([kind, texts]) => texts.every((text) => text in (seen[kind] ?? {}))",
        arg=[kind, texts],
        timeout=PATIENCE_MS,
    )
    painted: dict[str, str] = view.page.evaluate("kind => seen[kind]", kind)
    assert set(painted) == set(texts)
    return set(painted.values())


def test_changes_are_seen_where_they_happen(scene: Scene, shots: Path) -> None:
    view = scene.show()
    plain = cell(view, 3, "name").evaluate(BACKGROUND)
    view.evaluate(WATCH)
    scene.sql("update scene set name = 'new', amount = 7, ok = true, doc = '[1]' where id = 3")
    (hot,) = seen(view, "hot", "new", "7", "✓", "[1]")
    scene.page.screenshot(path=shots / "changed.png")
    scene.sql("insert into scene (id, name) values (0, 'came')")
    (fresh,) = seen(view, "new", "came")
    expect(cell(view, 1, "name")).to_have_text("came")
    scene.sql("delete from scene where id = 5")
    assert seen(view, "gone", "name 5") == {"fade"}
    scene.page.screenshot(path=shots / "gone.png")
    expect(view.get_by_role("gridcell", name="name 5", exact=True)).to_have_count(0)
    assert len({hot, fresh, plain}) == 3
    expect(view.locator("td.hot, tr.new, .fading-row")).to_have_count(0)
    assert cell(view, 4, "name").evaluate(BACKGROUND) == plain
    expect(view.locator(".details")).to_contain_text("3 changes")
    cell(view, 4, "name").hover()
    told = re.compile(r"^new\nThis row changed \d+ s ago\.$")
    expect(cell(view, 4, "name")).to_have_attribute("title", told)
    cell(view, 2, "name").hover()
    expect(cell(view, 2, "name")).to_have_attribute("title", "name 1")


def test_values_are_painted_as_asked(scene: Scene, shots: Path) -> None:
    colours = '{"done": "good", "failed": "bad", "open": "#0000ff"}'
    styles = f't.style("score", "bar", low=0, high=0.2).style("amount", "heat", low=0, high=20_010).style("status", {colours})'
    view = scene.show('formats={"amount": ",.2f", "score": ".1%"}', styles)
    expect(cell(view, 10, "amount")).to_have_text("10,005.00")
    expect(cell(view, 10, "score")).to_have_text("10.0%")

    def painted(row: int, column: str, share: float) -> tuple[int, int, int]:
        """Above the text."""
        box = box_of(cell(view, row, column))
        return colour_at(scene.page, box["x"] + share * box["width"], box["y"] + 3)

    empty = painted(10, "name", 0.5)
    bar = painted(10, "score", 0.45)
    assert bar != empty
    assert painted(10, "score", 0.02) == bar
    assert painted(10, "score", 0.55) == empty
    assert painted(5, "score", 0.3) == empty
    blues = [painted(row, "amount", 0.5)[2] for row in (1, 5, 10, 15)]
    assert blues == sorted(blues, reverse=True)
    assert len(set(blues)) == 4
    tones = [cell(view, row, "status").evaluate(TONE) for row in (1, 2, 3)]
    assert tones == ["green", "red", "blue"]
    # A row that is pointed at, or chosen, keeps its bars.
    cell(view, 10, "name").click()
    chosen = painted(10, "name", 0.9)
    assert chosen != empty
    assert painted(10, "score", 0.55) == chosen
    assert painted(10, "score", 0.45) not in (chosen, bar)
    scene.page.screenshot(path=shots / "values-light.png")
    with dark(scene.page):
        plain = painted(11, "name", 0.9)
        assert max(plain) < 60
        assert painted(11, "score", 0.45) != plain
        scene.page.screenshot(path=shots / "values-dark.png")


def test_the_newest_row_stays_in_sight_until_somebody_scrolls(scene: Scene, shots: Path) -> None:
    view = scene.show("follow=True")

    def comes(number: int) -> Locator:
        scene.sql(f"insert into scene (id, name) values ({number}, 'name {number}')")
        expect(view.locator(".details")).to_contain_text(f"{number} rows", timeout=PATIENCE_MS)
        return view.get_by_role("gridcell", name=f"name {number}", exact=True)

    for number in (201, 202):
        expect(comes(number)).to_be_in_viewport()
    view.locator(".viewport").hover()
    scene.page.mouse.wheel(0, -50 * 24)
    row = view.get_by_role("gridcell", name="name 150", exact=True)
    expect(row).to_be_in_viewport()
    before = box_of(row)
    expect(comes(203)).not_to_be_in_viewport()
    assert box_of(row) == before
    scene.page.mouse.wheel(0, 100 * 24)
    expect(view.get_by_role("gridcell", name="name 203", exact=True)).to_be_in_viewport()
    expect(comes(204)).to_be_in_viewport()
    scene.page.screenshot(path=shots / "follow.png")


def test_one_row_is_shown_whole_and_follows_its_changes(scene: Scene, shots: Path) -> None:
    scene.sql("update scene set name = %s where id = 2", LONG)
    view = scene.show()
    cell(view, 2, "name").click()
    scene.page.keyboard.press("Enter")
    panel = view.get_by_role("region", name="Row")
    expect(panel.locator(".detail-title")).to_have_text("Row 2")
    expect(panel.locator("dt")).to_have_text(view.locator("th .name").all_inner_texts())
    values = panel.locator("dd")
    expect(values.nth(0)).to_have_text("2")
    assert values.nth(1).inner_text() == LONG
    assert values.nth(6).inner_text() == '{\n  "n": 2,\n  "tags": [\n    "a",\n    "b"\n  ]\n}'
    scene.page.screenshot(path=shots / "row-light.png")
    scene.sql("update scene set doc = '{\"n\": 12345678901234567890}' where id = 2")
    expect(values.nth(6)).to_contain_text('"n": 12345678901234567890', timeout=PATIENCE_MS)
    with dark(scene.page):
        scene.page.screenshot(path=shots / "row-dark.png")
    scene.page.keyboard.press("Escape")
    expect(panel).not_to_be_visible()
