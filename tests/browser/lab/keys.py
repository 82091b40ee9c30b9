"""Keys as JupyterLab's shortcuts name them, the places of a table that take keys, and what must not change by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, expect

MODIFIERS = {"Accel": "Control", "Ctrl": "Control"}
# As the running version has them, which may have others than the one that we know.
BINDINGS = "() => window.jupyterapp.commands.keyBindings.map(({ keys }) => [...keys])"
# Everything that may differ when a shortcut did something to the notebook.
STATE = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const { content, sessionContext } = panel;
    return {
        cells: content.model.sharedModel.toJSON().cells,
        chosen: content.widgets.map((cell) => content.isSelectedOrActive(cell)),
        active: content.activeCellIndex,
        hidden: content.widgets.map((cell) => [cell.inputHidden, cell.outputHidden]),
        kernel: [sessionContext.session.kernel.id, sessionContext.session.kernel.connectionStatus],
        path: panel.context.path,
    };
}"""
# A command that would run is only noted, also one that is disabled just now.
LISTEN = """() => {
    const { commands } = window.jupyterapp;
    window.heard = [];
    window.unheard = { execute: commands.execute, isEnabled: commands.isEnabled };
    commands.isEnabled = () => true;
    commands.execute = (command) => { heard.push(command); return Promise.resolve(); };
}"""
UNLISTEN = "() => Object.assign(window.jupyterapp.commands, window.unheard)"
# False where it cannot be focused now, because a key closed what it is in.
FOCUS = """(one) => {
    one.focus({ preventScroll: true });
    return one.getRootNode().activeElement === one;
}"""


def presses(keys: Iterable[str]) -> list[str]:
    """Return a shortcut's keys as playwright presses them, one after the other."""
    return [_press(stroke) for stroke in keys]


def _press(stroke: str) -> str:
    *modifiers, key = stroke.split(" ")
    plain = key.lower() if len(key) == 1 and "Shift" not in modifiers else key
    return "+".join([*(MODIFIERS.get(name, name) for name in modifiers), plain])


@contextmanager
def commands_heard(page: Page) -> Iterator[Callable[[], list[str]]]:
    """Note the commands that JupyterLab would run, in place of running them."""
    page.evaluate(LISTEN)
    try:
        yield lambda: page.evaluate("() => heard")
    finally:
        page.evaluate(UNLISTEN)


def state(page: Page) -> dict[str, Any]:
    """Return what the notebook is: cells with outputs, what is chosen of them, and the kernel."""
    found: dict[str, Any] = page.evaluate(STATE)
    return found


class Places:
    """What can take the focus in a table, by name.

    Args:
        view: The table, with a row on which the cursor stands.
    """

    def __init__(self, view: Locator) -> None:
        self._view = view
        self._open()
        self._all = _places(view)

    def reach(self, name: str) -> None:
        """Focus a place; what was closed by a key before is opened again."""
        if not self._all[name].evaluate(FOCUS):
            self._open()
            assert self._all[name].evaluate(FOCUS)

    def at(self, name: str) -> Locator:
        """Return a place."""
        return self._all[name]

    def _open(self) -> None:
        for name, panel in (
            ("Filters", "tr.filters"),
            ("Columns", ".columns"),
            ("Details", ".detail"),
        ):
            if not self._view.locator(panel).is_visible():
                self._view.get_by_role("button", name=name, exact=True).click()
                expect(self._view.locator(panel)).to_be_visible()


def _places(view: Locator) -> dict[str, Locator]:
    return {
        "cells": view.locator(".viewport"),
        "heading": view.locator("th").first,
        "search": view.get_by_role("searchbox"),
        "filter": view.locator(".filters input").nth(1),
        "button": view.locator("button.pause"),
        "column": view.locator(".columns input[type=checkbox]").first,
        "pin": view.locator(".columns button").first,
        "detail": view.locator(".detail button"),
    }
