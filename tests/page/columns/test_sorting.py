"""Each view has its own order: one click, or several with Shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

QUERIES = "rig.model.sent.filter(({ kind }) => kind === 'query')"


def asked(page: Page) -> Any:
    """The order that the view asked for last."""
    return page.evaluate(f"{QUERIES}.at(-1).sort")


def level(column: str, *, descending: bool = False) -> dict[str, Any]:
    return {"column": column, "descending": descending}


def test_a_click_or_key_on_a_header_sorts(page: Page, mount: Mount) -> None:
    mount(total=1000)
    head = page.get_by_role("columnheader", name="title")
    head.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert asked(page) == [level("title")]
    head.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert asked(page) == [level("title", descending=True)]
    head.press(" ")
    expect(head).to_have_attribute("aria-sort", "none")
    assert asked(page) == []
    assert page.evaluate(f"{QUERIES}.length") == 3
    assert page.evaluate("rig.model.get('sort')") == []


def test_with_shift_more_columns_sort_and_the_marks_are_numbered(page: Page, mount: Mount) -> None:
    mount(total=1000)
    title, key = (page.get_by_role("columnheader", name=name) for name in ("title", "id"))
    title.click()
    expect(title.locator(".mark")).to_have_text("▲")
    key.click(modifiers=["Shift"])
    expect(title.locator(".mark")).to_have_text("▲1")
    expect(key.locator(".mark")).to_have_text("▲2")
    key.press("Shift+Enter")
    expect(key.locator(".mark")).to_have_text("▼2")
    assert asked(page) == [level("title"), level("id", descending=True)]
    key.click()
    assert asked(page) == []


def test_a_sort_set_in_python_goes_before_the_views_own(page: Page, mount: Mount) -> None:
    mount(total=1000)
    title, key = (page.get_by_role("columnheader", name=name) for name in ("title", "id"))
    title.click()
    page.evaluate("order => rig.model.set('sort', order)", [level("id", descending=True)])
    expect(title).to_have_attribute("aria-sort", "none")
    expect(key).to_have_attribute("aria-sort", "descending")
    assert asked(page) is None


def test_two_views_of_one_table_sort_apart(page: Page, mount: Mount) -> None:
    mount(total=1000)
    mount(total=1000)
    heads = page.get_by_role("columnheader", name="title")
    expect(heads).to_have_count(2)
    heads.nth(1).click()
    expect(heads.nth(1)).to_have_attribute("aria-sort", "ascending")
    expect(heads.nth(0)).to_have_attribute("aria-sort", "none")


def test_a_view_that_says_hello_again_brings_its_order(page: Page, mount: Mount) -> None:
    mount(total=1000)
    page.get_by_role("columnheader", name="title").click()
    page.evaluate("rig.model.emit('comm_live_update')")
    hello = page.evaluate("rig.model.sent.filter(({ kind }) => kind === 'hello').at(-1)")
    assert hello["sort"] == [level("title")]
