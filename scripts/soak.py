"""Keep tables alive for long while everything fails now and then: python -m scripts.soak MINUTES [--seed N].

Prints a line a minute and a verdict; its exit code is 0 when memory, threads, sockets and subscriptions stayed flat and
every comparison with the database was right.
"""

from __future__ import annotations

import argparse
import secrets
import sys

from tests.soak.soak import Soak


def main() -> int:
    """Run it as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minutes", type=float, help="how long")
    parser.add_argument("--seed", type=int, help="of the choices; without it a fresh one")
    options = parser.parse_args()
    seed = secrets.randbelow(2**32) if options.seed is None else options.seed
    print(f"soak for {options.minutes:g} minutes, seed {seed}")
    soak = Soak(seed)
    problems = soak.run(options.minutes)
    print(soak)
    print("\n".join([*problems, "FAILED" if problems else "OK: flat and equal"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
