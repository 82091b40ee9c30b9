"""Run cases and print their table: `python -m bench`, or `python -m bench memory growth`."""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor

from bench.cases import Result
from bench.catalogue import CASES, run_case
from bench.report import RESULTS, table, write_readme


def main(names: list[str]) -> int:
    """Run the named cases, or all and write results.json; return 1 when one broke or costs do not grow as they should."""
    unknown = sorted(set(names) - CASES.keys())
    if unknown:
        print(f"There is no case {', '.join(unknown)}; there are {', '.join(CASES)}.")
        return 2
    results = {name: _in_its_own_process(name) for name in names or CASES}
    lines = [result.as_json() for case in results.values() for result in case or []]
    print(table(lines))
    broken = [name for name, case in results.items() if case is None]
    if broken:
        print(f"These cases broke, so nothing was written: {', '.join(broken)}.")
    # Some cases alone write nothing, because the table stands for one run of all of them.
    elif not names:
        RESULTS.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")
        write_readme()
    # How costs grow is a promise that holds on any machine; speeds are not, so they fail no run.
    grows = all(result.met for result in results.get("growth") or [])
    return int(bool(broken) or not grows)


def _in_its_own_process(name: str) -> list[Result] | None:
    """Run a case where no other one left memory, threads or warm caches; return None when it broke."""
    print(f"{name} ...", end=" ", flush=True)
    began = time.monotonic()
    # Spawned, because a fork would begin with the memory and the threads of this process.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context) as pool:
        try:
            results = pool.submit(run_case, name).result()
        except Exception:  # noqa: BLE001  (whatever it is, it is shown, and the other cases still count)
            print("broke:", flush=True)
            traceback.print_exc()
            return None
    print(f"{time.monotonic() - began:.0f} s", flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
