"""A table open in a real JupyterLab for long while a writer writes and everything fails now and then."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as NotInTimeError

from rtwidget.local.demo.demo_table import TABLE, create_demo
from rtwidget.local.demo.demo_writer import DemoWriter
from tests.browser.lab.lab_server import Lab
from tests.browser.lab.notebook_page import NotebookPage
from tests.browser.lab.page_memory import PageMemory, grown
from tests.chromium import launch_chromium
from tests.oracle.lane import Lane
from tests.oracle.servers.troubles import choose
from tests.soak.soak import CHANGES_PER_S, CYCLE_S, CYCLES_A_ROUND, REPAIRED_S

SHOW = f"""from rtwidget import live_table
t = live_table("{TABLE}", order_by="id.desc", verify_every=2, height=300)
t"""
TOP_ROWS: Final = 8
"""Rows that are compared; the others stand below the edge of the view."""
COLUMNS: Final = ("id", "agent", "title", "status")
"""What the grid shows as the database has it; numbers and times it writes in its own way."""
WANTED: Final = f"select {', '.join(COLUMNS)} from {TABLE} order by id desc limit {TOP_ROWS}"
SHOWN: Final = f"""() => {{
    const root = [...document.querySelectorAll("*")].find((element) =>
        element.shadowRoot?.querySelector(".rtwidget"))?.shadowRoot;
    const names = [...(root?.querySelectorAll("th .name") ?? [])].map((name) => name.textContent);
    const places = {list(COLUMNS)!r}.map((name) => names.indexOf(name));
    const rows = [...(root?.querySelectorAll("tbody tr:not([hidden])") ?? [])].slice(0, {TOP_ROWS});
    const word = root?.querySelector(".word")?.textContent;
    return [word, rows.map((row) => places.map((place) => row.cells[place]?.textContent))];
}}"""


@dataclass
class PageSoak:
    """One run.

    Args:
        seed: Of all choices; timing is the machine's.
    """

    seed: int
    measures: list[PageMemory] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    rounds: int = 0
    changes: int = 0

    def run(self, minutes: float) -> list[str]:
        """Do it, with a line a minute; return what was wrong."""
        chance = Random(self.seed)
        with (
            Lane() as lane,
            tempfile.TemporaryDirectory() as folder,
            Lab(Path(folder), self._environment(lane)) as lab,
            sync_playwright() as playwright,
        ):
            create_demo(lane.postgres.dsn)
            lab.write_notebook("soak.ipynb", [SHOW])
            browser = launch_chromium(playwright)
            notebook = NotebookPage(lab, browser, "soak.ipynb")
            notebook.run(0)
            ends = time.monotonic() + 60 * minutes
            next_line = time.monotonic()
            while time.monotonic() < ends:
                self._round(lane, notebook.page, chance)
                if time.monotonic() >= next_line:
                    next_line += 60
                    print(self, flush=True)  # noqa: T201  (what the soak is watched by)
            self.problems += [f"an error in the page: {error}" for error in notebook.errors]
            browser.close()
        return self.problems + grown(self.measures)

    def __str__(self) -> str:
        return (
            f"{time.strftime('%H:%M:%S')} page, round {self.rounds}: {self.changes} changes, "
            f"{len(self.problems)} problems; {self.measures[-1]}"
        )

    def _environment(self, lane: Lane) -> dict[str, str]:
        arguments = lane.server.arguments(None)
        return {"SUPABASE_URL": arguments["url"], "SUPABASE_KEY": arguments["key"]}

    def _round(self, lane: Lane, page: Page, chance: Random) -> None:
        with DemoWriter(lane.postgres.dsn, CHANGES_PER_S, chance.randrange(2**32)) as writer:
            for _ in range(CYCLES_A_ROUND):
                troubles = choose(chance, lane.troubles)
                for trouble in troubles:
                    trouble.begin(lane.server)
                page.wait_for_timeout(1000 * chance.uniform(0, CYCLE_S))
                for trouble in troubles:
                    trouble.during(lane.server, lane.postgres.faults)
                page.wait_for_timeout(1000 * chance.uniform(0, CYCLE_S))
                self.measures.append(PageMemory.now(page))
        self.changes += writer.changes
        self.rounds += 1
        lane.server.catch_up()
        lane.server.fault("clear")
        self._compare(lane, page)

    def _compare(self, lane: Lane, page: Page) -> None:
        rows = lane.database.select_as({"role": "service_role"}, WANTED)
        # Empty text is shown as two quotes, so that it is not taken for null.
        wanted = ["Live", [[str(cell) or '""' for cell in row] for row in rows]]
        same = f"wanted => JSON.stringify(({SHOWN})()) === JSON.stringify(wanted)"
        try:
            page.wait_for_function(same, arg=wanted, timeout=1000 * REPAIRED_S)
        except NotInTimeError:
            shown = page.evaluate(SHOWN)
            self.problems.append(
                f"round {self.rounds}, seed {self.seed}: the page shows\n{shown}\ninstead of\n{wanted}"
            )
