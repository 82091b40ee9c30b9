"""What `import rtwidget` costs, against `import supabase`, both over pandas."""

from __future__ import annotations

import subprocess
import sys

from bench.cases import Result, median_of

PROGRAM = """
import pandas, time
began = time.perf_counter()
import {module}
print(time.perf_counter() - began)
"""


def run() -> Result:
    """Return the seconds of each import in a fresh interpreter that has loaded pandas."""
    ours, other = median_of(lambda: _seconds("rtwidget")), median_of(lambda: _seconds("supabase"))
    return Result("import over pandas", ours, other, "s", goal=1)


def _seconds(module: str) -> float:
    command = [sys.executable, "-c", PROGRAM.format(module=module)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(answer.stdout)
