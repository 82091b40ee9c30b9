from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

COMING_INTO_SIGHT = "rig.model.sent.filter(({ kind }) => kind === 'visible').at(-1)?.visible"


def test_an_aborted_view_says_bye_and_holds_nothing(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.kernel.changed = [[1, 1]]; rig.kernel.push(); rig.controller.abort()")
    assert page.evaluate("rig.model.sent.at(-1).kind") == "bye"
    assert page.evaluate("rig.model.listeners") == []
    assert page.evaluate("rig.audit()") == {"timers": [], "observers": 0, "unsignalled": []}
    expect(page.locator("#cell > *")).to_have_count(0)


def test_an_aborted_view_stays_silent(page: Page, mount: Mount) -> None:
    page.clock.install()
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.controller.abort()")
    sent = page.evaluate("rig.model.sent.length")
    page.evaluate("rig.kernel.push(); rig.model.emit('comm_live_update')")
    page.clock.run_for(60_000)
    assert page.evaluate("rig.model.sent.length") == sent


BYES = "rig.model.sent.filter(({ kind }) => kind === 'bye')"


@pytest.mark.parametrize("stays", [True, False])
def test_a_view_says_whether_its_cell_stays_behind(
    page: Page,
    mount: Mount,
    stays: bool,  # noqa: FBT001  (a case)
) -> None:
    page.evaluate("document.querySelector('#cell').className = 'jp-Cell'")
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    # A notebook that is closed takes the cell out of the page first.
    page.evaluate(
        """async stays => {
          const cell = document.querySelector('#cell');
          // Observers are told in the order in which they were made.
          await new Promise((done) => new IntersectionObserver(done).observe(cell));
          if (!stays) cell.remove();
          rig.controller.abort();
        }""",
        stays,
    )
    assert page.evaluate(f"{BYES}.at(-1).gone") is stays


def test_a_view_that_is_in_no_cell_may_come_back(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("rig.controller.abort()")
    assert page.evaluate(f"{BYES}.at(-1).gone") is False


def test_a_page_that_is_left_says_bye_and_hello_when_it_comes_back(
    page: Page, mount: Mount
) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.evaluate(f"{BYES}.map(({{ gone }}) => gone)") == [False]
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))")
    hellos = "rig.model.sent.filter(({ kind }) => kind === 'hello').length"
    assert page.evaluate(hellos) == 1
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.evaluate(hellos) == 2


def test_a_view_out_of_sight_says_so(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate("document.body.style.paddingTop = '3000px'")
    page.wait_for_function(f"{COMING_INTO_SIGHT} === false")
    page.evaluate("document.body.style.paddingTop = ''")
    page.wait_for_function(f"{COMING_INTO_SIGHT} === true")


def test_two_views_of_one_table_keep_apart(page: Page, mount: Mount) -> None:
    mount(total=1000)
    mount(total=1000)
    expect(page.locator("#cell > *")).to_have_count(2)
    views = page.evaluate(
        "rig.model.sent.filter(({ kind }) => kind === 'hello').map(({ view }) => view)"
    )
    assert len(set(views)) == 2
    first = page.locator("#cell > * >> nth=0")
    second = page.locator("#cell > * >> nth=1")
    second.locator(".viewport").evaluate("box => { box.scrollTop = 500 * 24; }")
    expect(second.get_by_role("gridcell", name="row 500", exact=True)).to_be_visible()
    expect(first.get_by_role("gridcell", name="row 0", exact=True)).to_be_visible()


def test_a_view_taken_out_of_the_page_comes_back_where_it_was(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.locator(".viewport").evaluate("box => { box.scrollTop = 500 * 24; }")
    row = page.get_by_role("gridcell", name="row 500", exact=True)
    expect(row).to_be_visible()
    page.evaluate("window.cell = document.querySelector('#cell'); cell.remove()")
    page.wait_for_function(f"{COMING_INTO_SIGHT} === false")
    page.evaluate("document.body.append(cell)")
    page.wait_for_function(f"{COMING_INTO_SIGHT} === true")
    expect(row).to_be_visible()
    page.wait_for_function(
        "cell.firstElementChild.shadowRoot.querySelector('.viewport').scrollTop === 500 * 24"
    )


def test_columns_come_with_the_frame_that_they_fit(page: Page, mount: Mount) -> None:
    mount(total=10)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate(
        """() => {
            const columns = [{ name: 'note', kind: 'text', key: true }];
            const { view, status } = rig.kernel;
            rig.kernel.deliver({
                kind: 'frame', view, seq: 9, answers: 1, first: 0, total: 1,
                rows: [['hello']], keys: ['1'], changed: [], status, columns,
            });
        }"""
    )
    expect(page.get_by_role("columnheader")).to_have_text(["notekey"])
    page.evaluate("rig.model.emit('change:columns')")
    expect(page.locator("tbody tr:visible")).to_have_text(["hello"])
    expect(page.get_by_role("columnheader")).to_have_count(1)


def test_new_columns_replace_the_old(page: Page, mount: Mount) -> None:
    mount(total=10)
    expect(page.locator("tbody tr").first).to_contain_text("row 0")
    page.evaluate(
        """() => {
            rig.kernel.makeRow = (index) => [`${index}`, '1.5', `text ${index}`];
            rig.model.set('columns', [
                { name: 'id', kind: 'int', key: true },
                { name: 'score', kind: 'float', key: false },
                { name: 'note', kind: 'text', key: false },
            ]);
            rig.kernel.push();
        }"""
    )
    expect(page.get_by_role("columnheader")).to_have_count(3)
    expect(page.locator("tbody tr").first).to_contain_text("text 0")
