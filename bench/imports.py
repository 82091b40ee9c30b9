"""What `import rtwidget` costs, against `import supabase`, both over pandas."""

from __future__ import annotations

import subprocess
import sys

from bench.cases import Result
from bench.measure import medians

# pandas is loaded before the clock starts: both need it, and a notebook about data has it anyway.
PROGRAM = """
import pandas, time
began = time.perf_counter()
import {module}
print(time.perf_counter() - began)
"""


def run() -> list[Result]:
    """Return the seconds of each import in a fresh interpreter that has loaded pandas."""
    times_s = medians(
        {"rtwidget": lambda: _seconds("rtwidget"), "supabase": lambda: _seconds("supabase")}
    )
    return [
        Result(
            "import over pandas",
            times_s["rtwidget"],
            times_s["supabase"],
            "s",
            1,
            "import supabase",
            "ratio",
        )
    ]


def _seconds(module: str) -> float:
    command = [sys.executable, "-c", PROGRAM.format(module=module)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(answer.stdout)
