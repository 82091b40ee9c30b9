"""What a browser has to load, compressed: our bundle against ag-grid's and Perspective's."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import perspective

from bench.cases import Result
from bench.page.bundles import build_into
from tests.page.conftest import BUNDLE


def run() -> list[Result]:
    """Return sizes in kB; they need no repetition."""
    with tempfile.TemporaryDirectory() as folder:
        build_into(Path(folder))
        ag_grid_kb = _gzip_kb(Path(folder, "ag-grid.js"))
    # The widget's module, WebAssembly within, as it goes to the browser.
    widget = Path(perspective.__file__).parent / "widget" / "static"
    perspective_kb = sum(map(_gzip_kb, widget.rglob("*.js")))
    ours_kb = _gzip_kb(BUNDLE)
    return [
        Result("JavaScript bundle, gzip", ours_kb, other_kb, "kB", 40, name, "ours")
        for name, other_kb in (("ag-grid", ag_grid_kb), ("Perspective", perspective_kb))
    ]


def _gzip_kb(file: Path) -> float:
    return len(gzip.compress(file.read_bytes(), 9)) / 1000
