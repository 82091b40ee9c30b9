"""`python -m rtwidget` is the command `rtwidget`."""

from __future__ import annotations

from rtwidget.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
