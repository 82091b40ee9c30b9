"""Numbers as somebody asked for, and cells coloured by their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

COLUMNS = [
    {"name": "id", "kind": "int", "key": True},
    {"name": "amount", "kind": "numeric", "key": False},
    {"name": "status", "kind": "text", "key": False},
]
ROWS = [["1", "1000", "open"], ["2", "250.5", "failed"], ["3", None, "else"]]
GROUND = ("backgroundImage", "backgroundColor")
STYLES: dict[str, Any] = {
    "amount": {"kind": "bar", "low": None, "high": None},
    "status": {"kind": "values", "tones": {"open": "good", "failed": "url(x)"}},
}


def settings(**more: Any) -> dict[str, Any]:
    return {"settings": {"title": "t", "height": 300, **more}}


def test_numbers_are_written_as_asked(page: Page, mount: Mount) -> None:
    mount(columns=COLUMNS, rows=ROWS, total=3, traits=settings(formats={"amount": "$,.2f"}))
    cells = page.locator("td[aria-colindex='2']")
    expect(cells).to_have_text(["$1,000.00", "$250.50", "null"])


POINTS = """() => [...document.querySelector("#cell > div").shadowRoot.querySelectorAll("td[aria-colindex='2']")]
    .map(({ firstChild }) => {
        const range = document.createRange();
        const place = firstChild.data.search(/[.e]|$/);
        range.setStart(firstChild, place);
        range.setEnd(firstChild, place);
        return Math.round(range.getBoundingClientRect().left);
    })"""


def test_floats_have_six_digits_with_their_points_in_line(page: Page, mount: Mount) -> None:
    columns = [COLUMNS[0], {"name": "x", "kind": "float", "key": False}, COLUMNS[2]]
    exact = ["0.8492286814938597", "0.5", "12", "-1234.56789", "1.25e-07", "2e+20", "NaN", None]
    rows = [[str(place), text, "open"] for place, text in enumerate(exact)]
    mount(columns=columns, rows=rows, total=6)
    cells = page.locator("td[aria-colindex='2']")
    shown = ["0.849229", "0.5", "12", "-1,234.57", "1.25e-7", "2e+20"]
    expect(cells).to_have_text(shown)
    assert len(set(page.evaluate(POINTS))) == 1
    cells.first.hover()
    expect(cells.first).to_have_attribute("title", "0.8492286814938597")
    page.evaluate(
        "document.addEventListener('copy', (event) => { window.copied = event.clipboardData.getData('text/plain'); })"
    )
    cells.first.click()
    page.keyboard.press("Control+c")
    assert page.evaluate("window.copied").split("\n")[1] == "0\t0.8492286814938597\topen"
    page.keyboard.press("Enter")
    expect(page.locator("dd").nth(1)).to_have_text("0.8492286814938597")
    # What is no number stands at the edge, and moves nothing.
    page.evaluate("rig.kernel.total = 8; rig.kernel.push()")
    expect(cells).to_have_text([*shown, "NaN", "null"])
    assert len(set(page.evaluate(POINTS)[:6])) == 1


def test_exact_shows_every_digit(page: Page, mount: Mount) -> None:
    columns = [COLUMNS[0], {"name": "x", "kind": "float", "key": False}]
    traits = settings(formats={"x": "exact"})
    mount(columns=columns, rows=[["1", "1234.8492286814938597"]], total=1, traits=traits)
    expect(page.locator("td[aria-colindex='2']")).to_have_text("1,234.8492286814938597")


def test_cells_are_coloured_by_their_values(page: Page, mount: Mount) -> None:
    mount(columns=COLUMNS, rows=ROWS, total=3, traits=settings(styles=STYLES))
    bars = page.locator("td.bar")
    expect(bars).to_have_count(2)
    share = "cell => cell.style.getPropertyValue('--rt-share')"
    assert [bar.evaluate(share) for bar in bars.all()] == ["1.000", "0.251"]
    good = page.locator("td.tone").first
    expect(good).to_have_text("open")
    plain = page.get_by_role("gridcell", name="else").evaluate("c => getComputedStyle(c).color")
    assert good.evaluate("cell => getComputedStyle(cell).color") != plain


def test_a_later_style_shows_at_once(page: Page, mount: Mount) -> None:
    mount(columns=COLUMNS, rows=ROWS, total=3, traits=settings())
    expect(page.get_by_role("gridcell", name="open")).to_be_visible()
    assert page.locator("td.bar").count() == 0
    page.evaluate("news => rig.model.set('settings', news)", settings(styles=STYLES)["settings"])
    expect(page.locator("td.bar")).to_have_count(2)
    page.evaluate("news => rig.model.set('settings', news)", settings()["settings"])
    expect(page.locator("td.bar")).to_have_count(0)


def test_bars_stand_on_the_ground_of_their_row(page: Page, mount: Mount) -> None:
    mount(columns=COLUMNS, rows=ROWS, total=3, traits=settings(styles=STYLES))
    bar = page.locator("td.bar").first
    image, plain = (bar.evaluate(f"c => getComputedStyle(c).{name}") for name in GROUND)
    assert "gradient" in image
    bar.hover()
    expect(bar).not_to_have_css("background-color", plain)
    pointed = bar.evaluate(f"c => getComputedStyle(c).{GROUND[1]}")
    expect(bar).to_have_css("background-image", image)
    bar.click()
    expect(bar).not_to_have_css("background-color", pointed)
    expect(bar).not_to_have_css("background-color", plain)
    expect(bar).to_have_css("background-image", image)
