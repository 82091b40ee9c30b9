"""What 1,000,000 loaded rows take, in a fresh process, against Perspective and Arrow IPC.

Started as a program it loads one of them and prints its memory in MB.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa

from bench.cases import Result
from bench.measure import medians
from bench.subjects.our_view import OurTable
from bench.subjects.sample import arrow_table, ipc, row

_ROWS = 1_000_000
_GOAL_MB = 400


def run() -> list[Result]:
    """Return the growth of the resident set by one load."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows.arrow")
        data = ipc(arrow_table(row(key) for key in range(_ROWS)))
        file.write_bytes(data)
        sizes_mb = medians(
            {name: partial(_in_a_fresh_process, name, file) for name in _LOADS},
            # Each measure is a process of its own, so there is nothing to warm.
            warm_up=False,
        )
    others = {"Perspective": sizes_mb["perspective"], "Arrow IPC": len(data) / 1e6}
    case = "memory of 1,000,000 rows, before `df`"
    return [
        Result(case, sizes_mb["ours"], size_mb, "MB", _GOAL_MB, other, "ours")
        for other, size_mb in others.items()
    ]


def _in_a_fresh_process(name: str, file: Path) -> float:
    command = [sys.executable, "-m", "bench.frames.memory", name, str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(answer.stdout)


def _load_ours(_file: Path) -> Callable[[], object]:
    # What the first row of a process loads and allocates for good is no memory of rows.
    OurTable([row(0)])
    return lambda: OurTable(row(key) for key in range(_ROWS))


def _load_perspective(file: Path) -> Callable[[], object]:
    from bench.subjects.perspective_view import loaded  # noqa: PLC0415  (ours must not pay for it)

    data = file.read_bytes()
    loaded(ipc(pa.ipc.open_stream(data).read_all().slice(0, 1)))

    def load() -> object:
        table = loaded(data)
        # Asked, because a table that puts its work off would seem to need no memory.
        table.size()
        return table

    return load


_LOADS = {"ours": _load_ours, "perspective": _load_perspective}


def _resident_mb() -> float:
    # The resident set, because what Arrow and Perspective allocate is unknown to Python.
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _main() -> None:
    name, file = sys.argv[1:]
    load = _LOADS[name](Path(file))
    gc.collect()
    before_mb = _resident_mb()
    kept = load()
    gc.collect()
    print(_resident_mb() - before_mb)
    # Kept until here, so that it was still there when it was measured.
    del kept


if __name__ == "__main__":
    _main()
