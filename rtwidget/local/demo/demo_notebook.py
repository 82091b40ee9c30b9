"""Where the demo's notebook is: in the wheel, or in the checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from rtwidget.local.backend_error import LocalBackendError

NAME = "01_live_table.ipynb"


def notebook_text(name: str = NAME) -> str:
    """Return a notebook's text.

    Args:
        name: File name.

    Raises:
        LocalBackendError: It is in neither place.
    """
    # In the wheel it is part of the package, in a checkout it stands beside it.
    for place in (files("rtwidget") / "notebooks", Path(__file__).parents[3] / "notebooks"):
        notebook = place / name
        if notebook.is_file():
            return notebook.read_text(encoding="utf-8")
    raise LocalBackendError(
        f"The notebook {name} is neither in the package nor beside it.",
        "Reinstall rtwidget, or run `rtwidget demo --no-lab` and use a notebook of your own.",
    )
