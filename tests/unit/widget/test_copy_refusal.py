"""A live table is one tie to its rows: whoever copies or sends it is told what to take instead."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable

import pytest

from rtwidget.errors import ArgumentError, ErrorKind, SourceError
from rtwidget.widget.live_table import LiveTable


def test_a_table_that_is_sent_to_another_process_says_what_to_send_instead(
    table: LiveTable,
) -> None:
    with pytest.raises(ArgumentError, match=r"Pass `t\.df`"):
        pickle.dumps(table)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda table: copy.deepcopy([table])])
def test_a_copy_is_refused_with_what_to_take_instead(
    table: LiveTable, copied: Callable[[object], object]
) -> None:
    with pytest.raises(ArgumentError, match=r"Take `t\.df`"):
        copied(table)


def test_what_a_table_says_of_itself_can_be_copied_and_sent(table: LiveTable) -> None:
    status = table.status
    for made in (copy.copy(status), copy.deepcopy(status), pickle.loads(pickle.dumps(status))):
        assert made == status
    error = SourceError("What happened.", "What to do.", code="42501", kind=ErrorKind.NEEDS_USER)
    for made_error in (copy.deepcopy(error), pickle.loads(pickle.dumps(error))):
        assert (str(made_error), vars(made_error)) == (str(error), vars(error))
