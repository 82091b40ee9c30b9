"""Filters and search: what the view asks for, and what it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

QUERIES = "rig.model.sent.filter(({ kind }) => kind === 'query')"


def asked(page: Page, part: str, wanted: Any) -> None:
    """Wait until the view asks for this."""
    page.wait_for_function(
        f"wanted => JSON.stringify({QUERIES}.at(-1)?.{part}) === JSON.stringify(wanted)", arg=wanted
    )


def test_a_search_goes_over_all_columns(page: Page, mount: Mount) -> None:
    mount(total=1000)
    page.get_by_role("searchbox", name="Search all columns").fill(" zig ")
    asked(page, "search", "zig")
    assert page.evaluate(f"{QUERIES}.length") == 1
    expect(page.locator(".details")).to_contain_text("1,000 match")


def test_each_column_is_filtered_by_its_type(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.get_by_label("Filter title")).not_to_be_visible()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Filter title").fill("ro")
    page.get_by_label("Filter id").fill("5..9")
    number = {"column": "id", "test": "between", "low": "5", "high": "9"}
    asked(page, "filters", [number, {"column": "title", "test": "contains", "text": "ro"}])


def test_the_filters_take_room_from_the_rows(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.get_by_role("button", name="Filters").click()
    box = page.locator("tbody tr").first.bounding_box()
    header = page.locator("thead").bounding_box()
    assert box is not None
    assert header is not None
    assert header["height"] == 56
    assert box["y"] == header["y"] + header["height"]
    page.locator(".viewport").evaluate("box => { box.scrollTop = box.scrollHeight; }")
    last = page.get_by_role("gridcell", name="row 999", exact=True)
    expect(last).to_be_visible()
    boxes = (last.bounding_box(), page.locator(".viewport").bounding_box())
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] + boxes[0]["height"] == boxes[1]["y"] + boxes[1]["height"]


def test_clear_all_takes_filters_and_search_away(page: Page, mount: Mount) -> None:
    mount(total=1000)
    clear = page.get_by_role("button", name="Clear all")
    expect(clear).not_to_be_visible()
    page.get_by_role("searchbox", name="Search all columns").fill("zig")
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Filter title").fill("is null")
    asked(page, "filters", [{"column": "title", "test": "null"}])
    clear.click()
    asked(page, "filters", [])
    asked(page, "search", "")
    expect(page.get_by_label("Filter title")).to_have_value("")
    expect(page.get_by_role("searchbox", name="Search all columns")).to_be_focused()
    expect(clear).not_to_be_visible()


def test_a_filter_offers_the_values_with_their_counts(page: Page, mount: Mount) -> None:
    mount(total=1000)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Filter title").focus()
    page.wait_for_function("rig.model.sent.some(({ kind }) => kind === 'values')")
    page.evaluate(
        "rig.kernel.deliver({ kind: 'values', view: rig.kernel.view, id: 9, column: 'title',"
        " values: [['<b>open</b>', 1200], [null, 3]] })"
    )
    options = page.locator("#values-1 option")
    expect(options).to_have_count(3)
    assert options.first.get_attribute("value") == "=<b>open</b>"
    assert options.first.get_attribute("label") == "<b>open</b> (1,200)"
    assert options.nth(1).get_attribute("label") == "is null (3)"


def test_nothing_found_is_told_apart_from_no_rows(page: Page, mount: Mount) -> None:
    mount(total=1000)
    page.evaluate("rig.kernel.total = 0")
    page.get_by_role("searchbox", name="Search all columns").fill("zig")
    expect(page.locator(".empty")).to_have_text("No row matches what you look for.")


def test_the_kernel_is_told_how_cells_are_drawn(page: Page, mount: Mount) -> None:
    columns = [
        {"name": "id", "kind": "int", "key": True},
        {"name": "x", "kind": "float", "key": False},
        {"name": "share", "kind": "numeric", "key": False},
        {"name": "title", "kind": "text", "key": False},
    ]
    formats = {"share": ".1%", "title": "d", "id": "what"}
    columns.append({"name": "ratio", "kind": "numeric", "key": False, "untyped": True})
    rows = [["1", "0.125", "0.5", "a", "0.8492286814938597"], ["2", "7", "0.25", "b", "1"]]
    settings = {"title": "t", "height": 300, "formats": formats}
    mount(columns=columns, rows=rows, total=2, traits={"settings": settings})
    expect(page.get_by_role("gridcell", name="0.849229", exact=True)).to_be_visible()
    page.get_by_role("searchbox", name="Search all columns").fill("0.8")
    told = {"zone": "Europe/Berlin", "formats": {"share": ".1%"}, "floats": ["ratio"]}
    asked(page, "shown_as", told)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Filter x").focus()
    page.wait_for_function(
        "told => JSON.stringify(rig.model.sent.find(({ kind }) => kind === 'values')?.shown_as)"
        " === JSON.stringify(told)",
        arg=told,
    )


def test_a_search_is_asked_anew_when_a_column_turns_out_to_be_of_floats(
    page: Page, mount: Mount
) -> None:
    columns = [
        {"name": "id", "kind": "int", "key": True},
        {"name": "x", "kind": "numeric", "key": False, "untyped": True},
    ]
    mount(columns=columns, rows=[["1", "1234.567"], ["2", "0.8492286814938597"]], total=1)
    expect(page.get_by_role("gridcell", name="1,234.567", exact=True)).to_be_visible()
    page.get_by_role("searchbox", name="Search all columns").fill("0.")
    asked(page, "search", "0.")
    assert page.evaluate(f"{QUERIES}.length") == 1
    page.evaluate("rig.kernel.total = 2; rig.kernel.push()")
    expect(page.get_by_role("gridcell", name="1,234.57", exact=True)).to_be_visible()
    asked(page, "shown_as.floats", ["x"])
    assert page.evaluate(f"{QUERIES}.length") == 2


def test_a_value_that_is_offered_is_chosen_as_it_is(page: Page, mount: Mount) -> None:
    mount(total=1000)
    page.get_by_role("button", name="Filters").click()
    field = page.get_by_label("Filter title")
    field.focus()
    page.wait_for_function("rig.model.sent.some(({ kind }) => kind === 'values')")
    values = ["2026-03-14 22:30:00", "a|b", " end ", '""', "1,234.50"]
    page.evaluate(
        "values => rig.kernel.deliver({ kind: 'values', view: rig.kernel.view, id: 9, column: 'title',"
        " values: values.map((value) => [value, 2]) })",
        values,
    )
    options = page.locator("#values-1 option")
    expect(options).to_have_count(len(values) + 2)
    for place, value in enumerate(values):
        assert options.nth(place).get_attribute("label") == f"{value} (2)"
        typed = options.nth(place).get_attribute("value")
        assert typed is not None
        field.fill(typed)
        wanted = {'""': ["", '""'], " end ": [" end ", '" end "']}.get(value, [value])
        asked(page, "filters", [{"column": "title", "test": "one_of", "values": wanted}])
