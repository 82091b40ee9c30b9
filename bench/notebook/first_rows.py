"""From the run of a cell to the first rows on the screen, 1,000,000 rows in a database, against Perspective's own load."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from bench.cases import Result
from bench.measure import by_turns
from bench.network.big_backend import TABLE, big_backend
from bench.notebook.stage import Stage, stage
from bench.subjects.sample import arrow_table, ipc, row

_ROWS = 1_000_000
_OURS = ["from rtwidget import live_table", f"table = live_table({TABLE!r})\ntable"]
_IMPORT = "from bench.notebook.kernel import perspective_of"
_FIRST_ROWS = """async ([index, selector]) => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = index;
    notebook.deselectAll();
    const began = performance.now();
    window.jupyterapp.commands.execute("notebook:run-cell");
    for (;;) {
        const now = await new Promise(requestAnimationFrame);
        const cells = recorder.deep(selector)?.querySelectorAll("tbody td") ?? [];
        if ([...cells].some(({ textContent }) => textContent.trim() !== "")) return now - began;
        if (now - began > 120_000) throw new Error("No rows came.");
    }
}"""


def run() -> list[Result]:
    """Return the seconds from the run of the cell, in a fresh kernel each time; imports come before."""
    with _arrow_file() as file, big_backend(_ROWS) as backend:
        theirs = [f"{_IMPORT}\ndata = open({str(file)!r}, 'rb').read()", "perspective_of(data)[0]"]
        environment = {"SUPABASE_URL": backend.url, "SUPABASE_ANON_KEY": backend.key}
        with stage(environment) as on:
            times_s = by_turns(
                {
                    "ours": partial(_seconds, on, _OURS, ".rtwidget"),
                    "perspective": partial(_seconds, on, theirs, "regular-table"),
                },
                warm_up=False,
            )
    return [
        Result(
            f"cell run to first rows, {_ROWS:,} rows",
            median(times_s["ours"]),
            median(times_s["perspective"]),
            "s",
            1.5,
            "Perspective, rows already in the kernel as Arrow",
        )
    ]


@contextmanager
def _arrow_file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows.arrow")
        file.write_bytes(ipc(arrow_table(row(key) for key in range(_ROWS))))
        yield file


def _seconds(on: Stage, cells: list[str], selector: str) -> float:
    """Run the second cell of a new notebook, and return how long its first rows took."""
    page = on.open("first-rows", cells)
    page.run(0)
    took_ms: float = page.page.evaluate(_FIRST_ROWS, [1, selector])
    page.close()
    return took_ms / 1000
