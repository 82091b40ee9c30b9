"""One notebook in one tab of JupyterLab."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Error, Page

from tests.browser.lab.lab_server import Lab
from tests.patience import PATIENCE_MS

EMPTY = "about:blank"
OPEN = """async (name) => {
    const { commands, serviceManager, shell } = window.jupyterapp;
    await serviceManager.kernelspecs.refreshSpecs();
    const opened = await commands.execute("docmanager:open", { path: name, factory: "Notebook" });
    shell.activateById(opened.id);
    while (shell.currentWidget !== opened) await new Promise(requestAnimationFrame);
}"""


class NotebookPage:
    """One notebook in one tab.

    Args:
        lab: The server.
        where: A browser, for a tab of its own; or a tab that stays when the notebook is closed, empty or with JupyterLab in it.
        name: The notebook's file name.
        address: Where it opens in a tab of its own, when that is not JupyterLab.
    """

    def __init__(
        self, lab: Lab, where: Browser | Page, name: str, address: str | None = None
    ) -> None:
        self._alone = isinstance(where, Browser)
        self.page = lab_tab(where) if isinstance(where, Browser) else where
        self.errors: list[str] = []
        self._file = lab.folder / "notebooks" / name
        self.page.on("pageerror", self._note)
        if self.page.url == EMPTY:
            self.page.goto(address or lab.address(name))
        else:
            self.page.evaluate(OPEN, name)
        self.wait_for_kernel()

    def _note(self, error: Error) -> None:
        self.errors.append(error.stack or str(error))

    def wait_for_kernel(self) -> None:
        """Wait until the kernel is connected and idle."""
        self.page.wait_for_function(
            """() => {
                const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
                return kernel?.status === "idle" && kernel.connectionStatus === "connected";
            }""",
            timeout=PATIENCE_MS,
        )

    def run(self, index: int, *, wait: bool = True) -> None:
        """Run one cell, and wait for its end unless told otherwise."""
        self.page.evaluate(
            """async ([index, wait]) => {
                const notebook = window.jupyterapp.shell.currentWidget.content;
                notebook.activeCellIndex = index;
                notebook.deselectAll();
                const run = window.jupyterapp.commands.execute("notebook:run-cell");
                if (wait) await run;
            }""",
            [index, wait],
        )

    def close(self) -> None:
        """End the kernel and close the notebook, with its tab where that is its own."""
        self.end_kernel()
        self.page.remove_listener("pageerror", self._note)
        if self._alone:
            self.page.context.close()
        else:
            self.page.evaluate("() => window.jupyterapp.shell.currentWidget.dispose()")

    def end_kernel(self) -> None:
        """End the kernel and leave the tab."""
        self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")

    def restart_kernel(self) -> None:
        """Restart the kernel, as somebody does who wants to begin again."""
        self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        )

    def save(self) -> str:
        """Save the notebook, and return what its file holds."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
        return self._file.read_text()

    def set_source(self, index: int, source: str) -> None:
        """Write other code into a cell."""
        self.page.evaluate(
            """([index, source]) => window.jupyterapp.shell.currentWidget.content
                .widgets[index].model.sharedModel.setSource(source)""",
            [index, source],
        )

    def output(self, index: int) -> str:
        """Return a cell's text output: streams, plain results and error texts."""
        outputs: list[dict[str, Any]] = self.page.evaluate(
            """(index) => window.jupyterapp.shell.currentWidget.content
                .widgets[index].model.toJSON().outputs""",
            index,
        )
        return "".join(map(_text, outputs))

    def run_for(self, index: int, source: str) -> str:
        """Write code into a cell, run it, and return its output."""
        self.set_source(index, source)
        self.run(index)
        return self.output(index).strip()


def lab_tab(browser: Browser) -> Page:
    """Return a new tab, with as much patience as every test has."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(PATIENCE_MS)
    return page


def _text(output: dict[str, Any]) -> str:
    if output["output_type"] == "stream":
        return _joined(output["text"])
    if output["output_type"] == "error":
        return "\n".join(output["traceback"])
    return _joined(output.get("data", {}).get("text/plain", ""))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
