"""Run cases and print their table: `python -m bench`, or `python -m bench memory growth`."""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from bench.catalogue import CASES, run_case
from bench.report import RESULTS, table, write_readme
from bench.result import Result


def main(names: list[str]) -> int:
    """Run the named cases, or all and write results.json; return 1 if growth is not as it should be."""
    unknown = sorted(set(names) - CASES.keys())
    if unknown:
        print(f"There is no case {', '.join(unknown)}; there are {', '.join(CASES)}.")
        return 2
    results = {name: _in_its_own_process(name) for name in names or CASES}
    lines = [result.as_json() for case in results.values() for result in case]
    print(table(lines))
    if not names:
        RESULTS.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")
        write_readme()
    return int(not all(result.met for result in results.get("growth", [])))


def _in_its_own_process(name: str) -> list[Result]:
    """Run a case where no other one left memory, threads or warm caches."""
    print(f"{name} ...", end=" ", flush=True)
    began = time.monotonic()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        results = pool.submit(run_case, name).result()
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
