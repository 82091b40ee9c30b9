"""Where nobody watches a notebook run, pictures stand for tables and for the boxes that hold them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import ipywidgets
import pytest

from rtwidget.sources.memory import MemoryTable
from rtwidget.widget.live_table import LiveTable
from rtwidget.widget.picture import pictures as module
from rtwidget.widget.picture.pictures import Pictures
from rtwidget.widget.picture.saved_picture import TABLE_MIME_TYPE
from tests.unit.feed.bench import until_happened


class Shell:
    """An IPython that notes what it is told to display."""

    def __init__(self) -> None:
        self.shown: dict[type, Any] = {}
        self.bundles: dict[type, Any] = {}
        self.after_cells: list[Any] = []
        self.published: list[tuple[str, str, bool]] = []
        mime = SimpleNamespace(for_type=self.bundles.__setitem__)
        display = SimpleNamespace(for_type=self.shown.__setitem__)
        self.display_formatter = SimpleNamespace(
            mimebundle_formatter=mime, ipython_display_formatter=display
        )
        self.events = SimpleNamespace(
            register=lambda name, function: self.after_cells.append((name, function))
        )
        self.display_pub = SimpleNamespace(publish=self._publish)

    def _publish(self, data: dict[str, str], *, transient: dict[str, str], update: bool) -> None:
        self.published.append((data["text/html"], transient["display_id"], update))


@pytest.fixture
def shell(table: LiveTable, monkeypatch: pytest.MonkeyPatch) -> Shell:
    # After the table, which would tell this shell of the pictures of the process, too.
    made = Shell()
    monkeypatch.setattr(module, "get_ipython", lambda: made)
    return made


@pytest.fixture
def pictures(shell: Shell, table: LiveTable, monkeypatch: pytest.MonkeyPatch) -> Pictures:
    monkeypatch.setattr(module, "is_watched", lambda: False)
    made = Pictures()
    made.add(table, table._saved)
    return made


def put(table: LiveTable, source: MemoryTable, name: str) -> None:
    table._handle.call_and_wait(lambda: source.put((4, name, 0)))
    until_happened(lambda: (4, name, 0) in table._handle.snapshot().rows, "The change")


def test_ipython_is_told_once_how_to_show_tables_and_boxes(
    shell: Shell, pictures: Pictures, table: LiveTable
) -> None:
    assert shell.shown == {type(table): pictures.show, ipywidgets.Box: pictures.show}
    assert shell.bundles == {ipywidgets.Box: pictures.bundle}
    assert shell.after_cells == [("post_run_cell", pictures.renew)]
    pictures.add(table, table._saved)
    assert len(shell.after_cells) == 1


def test_a_picture_is_taken_again_only_when_its_table_has_changed(
    shell: Shell, pictures: Pictures, table: LiveTable, source: MemoryTable
) -> None:
    pictures.show(table)
    until_happened(lambda: table._saved.fingerprint[0].verified_at is not None, "A verified read")
    [(html, display_id, update)] = shell.published
    assert "name 4" in html
    assert not update
    put(table, source, "renamed")
    # Whether it is live or being verified is a change, too; what counts is the last picture.
    pictures.renew(None)
    html, same_id, update = shell.published[-1]
    assert "renamed" in html
    assert (same_id, update) == (display_id, True)
    table.close()
    pictures.renew(None)
    count = len(shell.published)
    assert "(closed)" in shell.published[-1][0]
    pictures.renew(None)
    assert len(shell.published) == count


def test_a_box_is_shown_by_the_pictures_of_all_its_tables(
    shell: Shell, pictures: Pictures, table: LiveTable
) -> None:
    pictures.show(ipywidgets.HBox([ipywidgets.VBox([table]), ipywidgets.Button(), table]))
    assert shell.published[0][0].count("<b>people</b>") == 2


def test_what_holds_no_table_or_is_watched_is_shown_as_usual(
    shell: Shell, pictures: Pictures, table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotImplementedError):
        pictures.show(ipywidgets.HBox([ipywidgets.Button()]))
    monkeypatch.setattr(module, "is_watched", lambda: True)
    with pytest.raises(NotImplementedError):
        pictures.show(table)
    assert shell.published == []


def test_a_box_brings_the_pictures_beside_its_own_output(
    pictures: Pictures, table: LiveTable
) -> None:
    bundle = pictures.bundle(ipywidgets.HBox([table]))
    assert "name 4" in bundle["text/html"]
    assert bundle[TABLE_MIME_TYPE] == {}
    assert "application/vnd.jupyter.widget-view+json" in bundle
    plain = pictures.bundle(ipywidgets.HBox([]))
    assert not {"text/html", TABLE_MIME_TYPE} & set(plain)


def test_outside_of_ipython_nothing_is_registered(
    table: LiveTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "get_ipython", lambda: None)
    made = Pictures()
    made.add(table, table._saved)
    made.renew(None)
    assert made._shell is None
