"""Check everything, or one part: python scripts/check.py all|quick|lint|types|js|unit|integration|convergence|browser|notebooks."""

from __future__ import annotations

import sys
from pathlib import Path

# Started by its path, so that it works before the project is installed.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.checks.modes import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
