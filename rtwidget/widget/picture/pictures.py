"""What stands for tables, and for boxes that hold tables, where no view can: in a saved notebook, and in one that runs by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary, ref

from IPython import get_ipython
from ipywidgets import Box, Widget

from rtwidget.feed.status import Status
from rtwidget.widget.jupyter_kernel import is_watched
from rtwidget.widget.picture.saved_picture import TABLE_MIME_TYPE, SavedPicture


@dataclass(slots=True)
class _Shown:
    """A picture that stands in the notebook, and what its tables were like when it was taken."""

    widget: ref[Widget]
    display_id: str
    fingerprint: list[tuple[Status, int]]


class Pictures:
    """The pictures of one kernel.

    Who converts a notebook prefers a view to the picture beside it as soon as the notebook holds the states of widgets
    (`nbconvert/filters/widgetsdatatypefilter.py`; Quarto always, `src/core/jupyter/display-data.ts`), and without a kernel a
    view shows nothing. So a cell that nobody watches shows pictures alone; and as its run ends with its last cell, they are
    taken again at the end of each cell.
    """

    def __init__(self) -> None:
        # Whatever leads to a table's rows leads to the table, which would keep itself.
        self._saved: WeakKeyDictionary[Widget, ref[SavedPicture]] = WeakKeyDictionary()
        self._shown: list[_Shown] = []
        self._shell: Any = None

    def add(self, table: Widget, saved: SavedPicture) -> None:
        """Have a table and the boxes around it shown in this way; does nothing outside of IPython. Any thread.

        Args:
            table: The table's widget.
            saved: Its picture.
        """
        self._saved[table] = ref(saved)
        shell: Any = get_ipython()
        if shell is None or shell is self._shell:
            return
        self._shell = shell
        formatter = shell.display_formatter
        formatter.mimebundle_formatter.for_type(Box, self.bundle)
        for kind in (type(table), Box):
            formatter.ipython_display_formatter.for_type(kind, self.show)
        shell.events.register("post_run_cell", self.renew)

    def show(self, widget: Widget) -> None:
        """Show a picture of all rows in place of a view, if nobody watches.

        Args:
            widget: A table, or a box.

        Raises:
            NotImplementedError: When it is to be shown as usual; this is how IPython is told so.
        """
        tables = list(self._tables_in(widget))
        if not tables or is_watched():
            raise NotImplementedError
        for table in tables:
            table.wait(for_all=True)
        # Before the picture is taken: what changes in between is then noticed, and costs at most a picture too many.
        shown = _Shown(ref(widget), uuid4().hex, [table.fingerprint for table in tables])
        self._shown.append(shown)
        self._publish(widget, shown, update=False)

    def renew(self, _result: object) -> None:
        """Take the pictures again whose tables have changed; IPython calls it on its main thread when a cell has run."""
        # A copy, as pictures whose widget is gone are taken out.
        for shown in list(self._shown):
            widget = shown.widget()
            if widget is None:
                self._shown.remove(shown)
                continue
            fingerprint = [table.fingerprint for table in self._tables_in(widget)]
            if fingerprint != shown.fingerprint:
                shown.fingerprint = fingerprint
                self._publish(widget, shown, update=True)

    def bundle(self, box: Box) -> Any:  # noqa: ANN401  (it is what ipywidgets returns)
        """Return a box's own output, with the pictures of its tables beside it.

        Args:
            box: The box.
        """
        bundle = box._repr_mimebundle_()
        tables = list(self._tables_in(box))
        if bundle is not None and tables:
            for table in tables:
                table.wait()
            bundle.update({"text/html": _html(tables), TABLE_MIME_TYPE: {}})
        return bundle

    def _publish(self, widget: Widget, shown: _Shown, *, update: bool) -> None:
        data = {"text/plain": repr(widget), "text/html": _html(self._tables_in(widget))}
        transient = {"display_id": shown.display_id}
        self._shell.display_pub.publish(data, transient=transient, update=update)

    def _tables_in(self, widget: Widget) -> Iterator[SavedPicture]:
        saved = self._saved.get(widget)
        if saved is not None and (table := saved()) is not None:
            yield table
        for child in getattr(widget, "children", ()):
            yield from self._tables_in(child)


def _html(tables: Iterable[SavedPicture]) -> str:
    return "\n".join(table.html() for table in tables)


PICTURES = Pictures()
