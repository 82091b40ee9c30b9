"""What is particular to the kernel that we run in: which cell executes, and how its messages are routed."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

from rtwidget.sources.forking import this_process


@dataclass(frozen=True, slots=True)
class Execution:
    """One run of one cell.

    Args:
        cell_id: The cell, the same in every run.
        message_id: The run.
    """

    cell_id: str
    message_id: str

    def is_rerun_of(self, other: Execution) -> bool:
        """Return whether this is another run of the same cell."""
        return self.cell_id == other.cell_id and self.message_id != other.message_id


def current_execution() -> Execution | None:
    """Return which cell runs now, or None outside a notebook or where the front end does not say."""
    cell_id = _parent().get("metadata", {}).get("cellId")
    message_id = current_message_id()
    return Execution(cell_id, message_id) if cell_id and message_id else None


def is_watched() -> bool:
    """Return whether somebody sees what the running cell shows while it lives, and not only reads it afterwards.

    Who runs a notebook without a page (nbclient, and so nbconvert, papermill, Quarto and Jupyter Book) says that nobody can
    answer a prompt, and does not say which cell it runs. Voila does the same, but its page comes when the cells have run.
    """
    if _kernel() is None or "VOILA_BASE_URL" in os.environ or "google.colab" in sys.modules:
        return True
    can_answer = _parent().get("content", {}).get("allow_stdin", True)
    return bool(can_answer) or current_execution() is not None


def current_message_id() -> str | None:
    """Return the message that the kernel acts on now: a run of a cell, or what a widget's view said."""
    return _parent().get("header", {}).get("msg_id") or None


def _parent() -> dict[str, Any]:
    kernel = _kernel()
    return {} if kernel is None else kernel.get_parent("shell") or {}


def is_kernels_child() -> bool:
    """Return whether this process was forked from a kernel, whose sockets it has and whose views know nothing of its tables."""
    pid = getattr(getattr(_kernel(), "session", None), "pid", None)
    # Other kernels than ipykernel do not say whose they are; without any, nobody listens anyway.
    return this_process().forked_at is not None if pid is None else pid != os.getpid()


def repair_routing(comm: object) -> None:
    """Let messages of the browser reach their subshell again.

    ipykernel 7.4.0 sends them to the subshell of whoever published last, so they wait for a busy cell (platform.md c).
    """
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = lambda _data, default: default  # noqa: SLF001  (no public way)


def _kernel() -> Any:  # noqa: ANN401  (ipykernel is not needed to use a table)
    # Looked up and never imported: a script has no kernel, and should not pay for finding out.
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return getattr(shell, "kernel", None)
