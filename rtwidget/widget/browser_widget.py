"""A widget that shows what the kernel knows: it takes nothing from the browser, and ipywidgets does not keep it alive."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec

import anywidget
import comm
import ipywidgets
import traitlets

from rtwidget.view.grid_table import GridTable
from rtwidget.widget.jupyter_kernel import is_kernels_child, repair_routing

P = ParamSpec("P")
_BUNDLE = Path(__file__).parents[1] / "static" / "widget.js"
# Said where the table would stand, as everything but the view works without it.
_NO_BUNDLE = (
    "export default { render({ el }) { el.textContent = 'rtwidget was installed without its browser bundle. "
    "Run `python -m scripts.build_js`, then restart the kernel.'; } };"
)


class BrowserWidget(anywidget.AnyWidget):
    """The half of `LiveTable` that knows ipywidgets."""

    # As text: of a path, anywidget would keep every instance for ever, to tell it of changes.
    _esm = _BUNDLE.read_text(encoding="utf-8") if _BUNDLE.exists() else _NO_BUNDLE

    _handle: GridTable

    def open(self) -> None:
        """Open the way to the views; from a process that was forked from a kernel it leads nowhere."""
        # Before ipywidgets opens a way of its own, which would write into the parent's sockets.
        if is_kernels_child():
            self.comm = comm.DummyComm()
        super().open()
        # Both would keep every widget for ever; who it belongs to is for `lifecycle/kept_alive.py` to say.
        ipywidgets.widgets.widget._instances[self.model_id] = weakref.proxy(self)  # noqa: SLF001  (no public way)
        self.comm.on_msg(weakly(self._handle_msg))
        repair_routing(self.comm)

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take nothing from the browser: every trait is the kernel's, and what a view wants comes as messages, which are checked."""

    def notify_change(self, change: traitlets.Bunch) -> None:
        """Tell the views and whoever observes a trait; not from a forked process, as the views are its parent's."""
        self._handle.ownership.demand()
        super().notify_change(change)

    def __del__(self) -> None:
        """Leave the end to `lifecycle/kept_alive.py`: ipywidgets' own would send from whichever thread collects garbage."""


def weakly(method: Callable[P, object]) -> Callable[P, None]:
    """Return a function that calls a method as long as its object lives, and does not keep it alive."""
    reference = weakref.WeakMethod(method)

    def call(*arguments: P.args, **named: P.kwargs) -> None:
        bound = reference()
        if bound is not None:
            bound(*arguments, **named)

    return call


def forget_model(model_id: str) -> None:
    """Take a widget that is gone out of ipywidgets' registry. Any thread."""
    ipywidgets.widgets.widget._instances.pop(model_id, None)  # noqa: SLF001  (no public way)
