from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

OFFLINE = {"state": "offline", "retry_at": 1022, "attempt": 3}
LOADING = {"state": "loading", "expected_rows": 4000, "verified_at": None}
ASLEEP: dict[str, Any] = {"message": "Asleep, because nobody has looked for a while.", "hint": None}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ({}, "Live · 1,000 rows · verified 12 s ago · lag 42 ms"),
        ({"state": "connecting"}, "Connecting"),
        ({"state": "polling", "poll_every_s": 5}, "Polling · every 5 s · 1,000 rows"),
        (LOADING, "Loading · 1,000 of about 4,000 rows"),
        ({"state": "loading"}, "Catching up · 1,000 rows"),
        (OFFLINE, "Offline · next try in 10 s · attempt 3"),
        ({"state": "paused"}, "Paused · 1,000 rows · last verified 12 s ago · changes are not"),
        ({"state": "failed", "error": {"message": "No.", "hint": None}}, "Failed"),
        ({"state": "closed"}, "Closed"),
    ],
)
def test_the_line_says_the_state(
    page: Page, mount: Mount, status: dict[str, Any], words: str
) -> None:
    mount(total=1000, status=status)
    expect(page.locator(".line")).to_contain_text(words)
    catching_up = status == {"state": "loading"}
    stale = catching_up or status.get("state") in {"offline", "paused", "failed", "closed"}
    expect(page.locator(".grid.stale")).to_have_count(1 if stale else 0)
    expect(page.get_by_role("progressbar")).to_have_count(1 if "expected_rows" in status else 0)
    expect(page.locator(".problem")).to_be_visible(visible="error" in status)


def test_ages_and_countdowns_tick(page: Page, mount: Mount) -> None:
    page.clock.install()
    mount(total=1000, status=OFFLINE)
    details = page.locator(".details")
    # The installed clock also goes by itself, so a busy machine may see a second or two more.
    expect(details).to_contain_text(re.compile(r"next try in (8|9|10) s"))
    expect(details).to_contain_text(re.compile(r"last verified 1[234] s ago"))
    page.clock.run_for(4000)
    expect(details).to_contain_text(re.compile(r"next try in [3456] s"))
    expect(details).to_contain_text(re.compile(r"last verified 1[6789] s ago"))
    page.clock.run_for(7000)
    expect(details).to_contain_text("trying now")


def test_the_browsers_wall_clock_has_no_say(page: Page, mount: Mount) -> None:
    page.clock.set_fixed_time("2001-01-01T00:00:00")
    mount(total=1000)
    expect(page.locator(".details")).to_contain_text("verified 12 s ago")


def test_retry_now_asks_the_kernel(page: Page, mount: Mount) -> None:
    mount(total=1000, status=OFFLINE)
    page.get_by_role("button", name="Retry now").click()
    page.wait_for_function("rig.model.sent.some(({ kind, id }) => kind === 'retry' && id > 1)")


def test_an_old_trait_is_not_shown_as_fresh(page: Page, mount: Mount) -> None:
    page.wait_for_function("window.rig !== undefined")
    old = page.evaluate("rig.kernel.status")
    mount(total=1000, answering=False, traits={"status": old})
    expect(page.locator(".line")).to_contain_text("Connecting · waiting for the kernel")
    expect(page.locator(".details")).not_to_contain_text("ago")
    page.evaluate("rig.kernel.push()")
    expect(page.locator(".details")).to_contain_text("verified 12 s ago")


def test_a_silent_kernel_makes_the_rows_stale(page: Page, mount: Mount) -> None:
    page.clock.install()
    mount(total=1000)
    expect(page.locator(".word")).to_have_text("Live")
    page.evaluate("rig.kernel.answering = false")
    page.clock.run_for(13_000)
    expect(page.locator(".word")).to_have_text("Kernel not answering")
    expect(page.locator(".grid.stale")).to_have_count(1)
    page.evaluate("rig.kernel.beat()")
    expect(page.locator(".word")).to_have_text("Live")
    expect(page.locator(".grid.stale")).to_have_count(0)


def test_a_closed_comm_makes_the_rows_stale(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator(".word")).to_have_text("Live")
    page.evaluate("rig.model.closed = true; rig.model.emit('comm_live_update')")
    expect(page.locator(".word")).to_have_text("Kernel gone")
    expect(page.locator(".grid.stale")).to_have_count(1)


def test_a_refused_request_is_told_until_the_next_answer(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.locator(".word")).to_have_text("Live")
    page.evaluate("rig.kernel.answering = false")
    page.get_by_role("columnheader", name="title").click()
    page.wait_for_function("rig.kernel.answers === 2")
    page.evaluate(
        "rig.kernel.deliver({ kind: 'error', view: rig.kernel.view, id: 2,"
        " message: 'Cannot sort.', hint: 'Use `id`.' })"
    )
    expect(page.locator(".problem")).to_have_text("Cannot sort. Use id.")
    expect(page.locator(".problem code")).to_have_text("id")
    page.evaluate("rig.kernel.answering = true")
    page.get_by_role("columnheader", name="id").click()
    expect(page.locator(".problem")).not_to_be_visible()


def test_only_the_state_is_spoken(page: Page, mount: Mount) -> None:
    mount(total=1000)
    expect(page.get_by_role("status")).to_have_text("Live")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"columns": [], "total": 0, "status": {"state": "connecting"}}, "Connecting…"),
        ({"total": 0}, "No rows match, or your role may see none (row-level security)."),
        (
            {"columns": [], "total": 0},
            "No rows match, or your role may see none (row-level security).",
        ),
        ({"total": 0, "status": {"state": "loading"}}, "Loading…"),
    ],
)
def test_an_empty_grid_says_why(
    page: Page, mount: Mount, options: dict[str, Any], words: str
) -> None:
    mount(**options)
    expect(page.locator(".empty")).to_have_text(words)
    expect(page.locator(".empty")).to_be_visible()


def test_a_sleeping_table_is_no_alarm(page: Page, mount: Mount) -> None:
    mount(total=1000, status={"state": "paused", "error": ASLEEP})
    message = page.locator(".message")
    expect(message).to_have_text(ASLEEP["message"])
    faint = page.locator(".details").evaluate("element => getComputedStyle(element).color")
    expect(message).to_have_css("color", faint)
    expect(page.locator(".grid.stale.calm")).to_have_count(1)
