"""Throw bytes at a decoder that grow towards what it has not met yet: python -m scripts.fuzz TARGET [--seconds 60].

Needs `pip install atheris`, which has no wheels for every machine; `tests/property/hostile` needs nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib import import_module
from pathlib import Path

# Not taken from `fuzz_targets`: importing it would load the decoders before they can be instrumented.
TARGETS = ("frames", "answers", "payloads", "messages", "tokens")


def main() -> None:
    """Fuzz one decoder; ends with the trace and the input of the first exception that is not ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    # By its name, because types and lint are checked where it is not installed.
    atheris = import_module("atheris")
    # Only what is imported in this block reports which lines an input reached.
    with atheris.instrument_imports(include=["rtwidget"]):
        target, good = import_module("scripts.fuzz_targets").TARGETS[options.target]
    with tempfile.TemporaryDirectory() as corpus:
        # A good input to begin with: from nothing, most would be refused at the first byte.
        (Path(corpus) / "good").write_text(good)
        limits = [f"-max_total_time={options.seconds}", "-max_len=4096"]
        atheris.Setup([sys.argv[0], *limits, corpus], target)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
