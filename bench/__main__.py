"""Run every case, print the table and write results.json: `make bench`."""

from __future__ import annotations

import json
from pathlib import Path

from bench import frames, imports
from bench.cases import table

RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Run every case."""
    results = [case.run() for case in (frames, imports)]
    print(table(results))
    RESULTS.write_text(json.dumps([result.as_json() for result in results], indent=1) + "\n")


if __name__ == "__main__":
    main()
