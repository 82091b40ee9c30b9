"""The functions that a table calls with its changes. Like tables, they belong to the cell that registered them."""

from __future__ import annotations

import inspect
import threading
import weakref
from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass
from types import CodeType
from typing import Any, Final, TypeAlias, TypeVar

from IPython import get_ipython

from rtwidget.errors import ArgumentError
from rtwidget.feed.changes import Change
from rtwidget.sources.forking import when_forked
from rtwidget.widget.jupyter_kernel import Execution, current_execution

Callback: TypeAlias = Callable[[Change], object]
Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Registered:
    """A function as somebody registered it.

    Args:
        callback: The function.
        execution: The run of the cell that registered it, or None where the front end does not say.
        context: The context of that cell, so that what the function prints appears there.
    """

    callback: Callback
    execution: Execution | None
    context: Context

    def replaced_by(self, callback: Callback, execution: Execution | None) -> bool:
        """Return whether this one goes when another one is registered.

        Args:
            callback: The other function.
            execution: The run that registers it.
        """
        if self.callback == callback:
            return True
        if self.execution is not None and execution is not None:
            return execution.is_rerun_of(self.execution)
        return is_version_of(callback, self.callback)


class Callbacks:
    """The functions of one table, in the order in which they were registered. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Replaced and never changed, so that whoever calls them needs no lock.
        self._registered: tuple[Registered, ...] = ()
        RUNS.tell(self)

    def __len__(self) -> int:
        return len(self._registered)

    def add(self, callback: Callback) -> None:
        """Call a function from now on, instead of those that earlier runs of the same cell registered."""
        execution = current_execution()
        new = Registered(callback, execution, copy_context())
        with self._lock:
            kept = [one for one in self._registered if not one.replaced_by(callback, execution)]
            self._registered = (*kept, new)

    def remove(self, callback: Callback) -> None:
        """Stop to call a function, and older versions of it; one that was never added is left alone."""
        with self._lock:
            self._registered = tuple(
                one
                for one in self._registered
                if one.callback != callback and not is_version_of(callback, one.callback)
            )

    def begin(self, execution: Execution) -> None:
        """Stop to call what earlier runs of a cell registered, as it runs again; it may not say so again."""
        with self._lock:
            self._registered = tuple(
                one
                for one in self._registered
                if one.execution is None or not execution.is_rerun_of(one.execution)
            )

    def now(self) -> tuple[Registered, ...]:
        """Return those that are to be called."""
        return self._registered


class CellRuns:
    """Tells callbacks that a cell runs; any thread."""

    def __init__(self) -> None:
        self._shell: Any = None
        self._forget()
        when_forked(self, CellRuns._forget)

    def _forget(self) -> tuple[()]:
        self._callbacks: weakref.WeakSet[Callbacks] = weakref.WeakSet()
        self._lock = threading.Lock()
        return ()

    def tell(self, callbacks: Callbacks) -> None:
        """Tell these from now on; outside of IPython no cell runs."""
        shell: Any = get_ipython()
        with self._lock:
            self._callbacks.add(callbacks)
            if shell is not None and shell is not self._shell:
                self._shell = shell
                shell.events.register("pre_run_cell", self.begin)

    def begin(self, _info: object) -> None:
        """Tell that a cell runs now."""
        execution = current_execution()
        if execution is not None:
            with self._lock:
                # They are told outside of the lock, as each takes its own.
                told = list(self._callbacks)
            for callbacks in told:
                callbacks.begin(execution)


RUNS: Final = CellRuns()
"""The process's cells."""


def _code(function: object) -> CodeType | None:
    # Decorators make a function of their own; what is the same or not is what they wrap.
    code = getattr(inspect.unwrap(function) if callable(function) else function, "__code__", None)
    return code if isinstance(code, CodeType) else None


def _name(function: object) -> tuple[object, object]:
    return getattr(function, "__module__", None), getattr(function, "__qualname__", None)


def is_version_of(function: object, other: object) -> bool:
    """Return whether two functions are the same piece of a program, of which one was changed and run again.

    Functions that a loop or another function makes share their code and are different ones; so are lambdas, which have no name.
    """
    code, other_code = _code(function), _code(other)
    if code is None or other_code is None or code is other_code or code.co_name == "<lambda>":
        return False
    return _name(function) == _name(other)


def checked_function(function: Function, takes: str, example: str) -> Function:
    """Return a function that can be called with one argument.

    Args:
        function: What somebody passed.
        takes: What it will be called with, for the error.
        example: What could be passed, for the error.

    Raises:
        ArgumentError: When it is no function, takes no such argument, or would only return a coroutine.
    """
    hint = f"Pass a function of one argument, such as `{example}`."
    if not callable(function):
        raise ArgumentError(f"{function!r} is no function.", hint)
    if inspect.iscoroutinefunction(function):
        raise ArgumentError(f"{function!r} is async, and nobody would await it.", hint)
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        # Some functions that are written in C do not say what they take.
        return function
    try:
        signature.bind(None)
    except TypeError as error:
        raise ArgumentError(f"{function!r} cannot be called with {takes}: {error}.", hint) from None
    return function
