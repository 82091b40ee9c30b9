from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from playwright.sync_api import expect

from tests.page.proposals import COLUMNS, rows
from tests.page.wide_tables import (
    JSON_COLUMNS,
    TEXT_COLUMNS,
    THIRTY_COLUMNS,
    long_json,
    scripts,
    thirty,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.page.conftest import Mount

OFFLINE = {
    "state": "offline",
    "attempt": 3,
    "retry_at": 1016,
    "verified_at": 980,
    "error": {"message": "The server closed the connection.", "hint": None},
}
FAILED = {
    "state": "failed",
    "rows": None,
    "verified_at": None,
    "error": {
        "message": "Table public.agent_proposals is not in the realtime publication.",
        "hint": "Run `alter publication supabase_realtime add table agent_proposals;` once, "
        "as its owner.",
    },
}
FAILED_LATER = {**FAILED, "rows": 300, "verified_at": 980}
PAUSED = {
    "state": "paused",
    "error": {
        "message": "Asleep, because nobody has looked for a while.",
        "hint": "It wakes when it is shown or read.",
    },
}
LOADING = {"state": "loading", "rows": 3000, "expected_rows": 12_000, "verified_at": None}
LOOKS: dict[str, dict[str, Any]] = {
    "live": {"rows": rows(300), "total": 300},
    "loading": {"rows": rows(300), "total": 300, "status": LOADING},
    "offline": {"rows": rows(300), "total": 300, "status": OFFLINE},
    "paused": {"rows": rows(300), "total": 300, "status": PAUSED},
    "catching-up": {"rows": rows(300), "total": 300, "status": {"state": "loading"}},
    "failed": {"columns": [], "rows": [], "total": 0, "status": FAILED},
    "failed-later": {"rows": rows(300), "total": 300, "status": FAILED_LATER},
    "thirty-columns": {"columns": THIRTY_COLUMNS, "rows": thirty(300), "total": 300},
    "scripts": {"columns": TEXT_COLUMNS, "rows": scripts(300), "total": 300},
    "long-json": {"columns": JSON_COLUMNS, "rows": long_json(300), "total": 300},
    "narrow-filters": {
        "rows": rows(300),
        "total": 300,
        "width": 400,
        "open": ["Filters", "Columns"],
    },
    "filters": {"rows": rows(300), "total": 300, "open": ["Filters", "Details"], "high": 640},
    "empty": {"rows": [], "total": 0},
    "three-rows": {"rows": rows(3), "total": 3},
    "narrow": {"rows": rows(300), "total": 300, "width": 420},
}


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("RTWIDGET_SHOTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", LOOKS)
def test_a_picture_of_each_state(
    page: Page, mount: Mount, shots: Path, name: str, scheme: Literal["light", "dark"]
) -> None:
    options = {"columns": COLUMNS, **LOOKS[name]}
    width, height = options.pop("width", 1200), options.pop("high", 420)
    opened = options.pop("open", [])
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    settings = {"title": "agent_proposals", "height": 340}
    mount(traits={"settings": settings, "sort": [{"column": "id", "descending": True}]}, **options)
    expect(page.locator(".word")).not_to_have_text("Connecting")
    if options["total"]:
        expect(page.locator("tbody td").first).to_contain_text(options["rows"][0][0])
    for name_of_button in opened:
        page.get_by_role("button", name=name_of_button, exact=True).click()
    picture = page.screenshot(path=shots / f"{name}-{scheme}.png")
    assert len(picture) > 5000
