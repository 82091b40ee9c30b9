"""A cell that runs again gives back what its earlier runs made; weakly, so that nothing is kept alive."""

from __future__ import annotations

import gc

from rtwidget.widget.jupyter_kernel import Execution
from rtwidget.widget.lifecycle.cell_reruns import CellTables


class Table:
    """Something that a cell made."""

    def dispose(self) -> None:
        """Nothing is held."""


def test_what_one_run_makes_stays() -> None:
    cells, run = CellTables(), Execution("a", "1")
    tables = [Table() for _ in range(3)]
    assert [cells.made(run, table) for table in tables] == [[], [], []]


def test_the_next_run_gets_everything_of_the_run_before_once() -> None:
    cells = CellTables()
    first, second, third = [Table(), Table()], Table(), Table()
    for table in first:
        cells.made(Execution("a", "1"), table)
    assert cells.made(Execution("a", "2"), second) == first
    assert cells.made(Execution("a", "2"), third) == []
    assert cells.made(Execution("a", "3"), Table()) == [second, third]


def test_cells_do_not_know_of_each_other() -> None:
    cells, mine, other = CellTables(), Table(), Table()
    cells.made(Execution("a", "1"), mine)
    assert cells.made(Execution("b", "2"), other) == []


def test_a_table_that_is_gone_is_not_given_back() -> None:
    cells, table = CellTables(), Table()
    cells.made(Execution("a", "1"), table)
    del table
    gc.collect()
    assert cells.made(Execution("a", "2"), Table()) == []


def test_what_an_earlier_run_left_running_makes_goes_with_the_rest_and_ends_nothing() -> None:
    cells = CellTables()
    first, second, late = Table(), Table(), Table()
    cells.made(Execution("a", "1"), first)
    assert cells.made(Execution("a", "2"), second) == [first]
    assert cells.made(Execution("a", "1"), late) == []
    assert cells.made(Execution("a", "3"), Table()) == [second, late]


def test_what_callbacks_make_in_the_output_of_a_cell_is_the_cells() -> None:
    cells, first, moved, elsewhere = CellTables(), Table(), Table(), Table()
    cells.made(Execution("a", "1"), first, "output")
    assert cells.made(None, moved, "output") == []
    assert cells.made(None, elsewhere, "another output") == []
    assert cells.made(None, elsewhere) == []
    assert cells.made(Execution("a", "2"), Table()) == [first, moved]
