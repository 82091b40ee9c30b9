"""Keep tables alive for long while everything fails now and then: python -m scripts.soak MINUTES [--page MINUTES] [--seed N].

First tables in this process, then one in a page of a real JupyterLab. Prints a line a minute and a verdict; its exit code is 0
when memory, threads, sockets, subscriptions and the page's memory stayed flat and every comparison with the database was right.
"""

from __future__ import annotations

import argparse
import secrets
import sys

from tests.soak.page_soak import PageSoak
from tests.soak.soak import Soak


def main() -> int:
    """Run it as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float, help="how long in this process; 0 for not at all")
    parser.add_argument(
        "--page", type=float, default=0, metavar="MINUTES", help="how long in a page of JupyterLab"
    )
    parser.add_argument("--seed", type=int, help="of the choices; without it a fresh one")
    options = parser.parse_args()
    seed = secrets.randbelow(2**32) if options.seed is None else options.seed
    problems: list[str] = []
    runs: list[tuple[Soak | PageSoak, float]] = [
        (Soak(seed), options.minutes),
        (PageSoak(seed), options.page),
    ]
    for soak, minutes in runs:
        if minutes > 0:
            print(f"{type(soak).__name__} for {minutes:g} minutes, seed {seed}")
            problems += soak.run(minutes)
            print(soak)
    print("\n".join([*problems, "FAILED" if problems else "OK: flat and equal"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
