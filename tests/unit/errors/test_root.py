"""The root of all errors: what a traceback's last line says, and what nobody tries again for ever."""

from __future__ import annotations

import copy
import pickle

import pytest

from rtwidget.errors import ErrorKind, RtwidgetError
from rtwidget.errors.root import fault


@pytest.mark.parametrize(
    ("given", "text"),
    [(("It broke.", "Mend it."), "It broke. Mend it."), (("It broke.",), "It broke.")],
)
def test_its_text_is_what_happened_and_what_to_do(given: tuple[str, ...], text: str) -> None:
    assert str(RtwidgetError(*given)) == text


def test_nothing_is_tried_again_unless_somebody_said_that_time_mends_it() -> None:
    assert RtwidgetError("It broke.").kind is ErrorKind.NEEDS_USER


def test_copies_keep_message_and_hint_apart() -> None:
    error = RtwidgetError("It broke.", "Mend it.")
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (other.message, other.hint) == ("It broke.", "Mend it.")


def test_a_fault_of_ours_names_its_kind_and_shows_nothing_of_the_data() -> None:
    error = fault(KeyError("a cell's secret"))
    assert "KeyError" in error.message
    assert "secret" not in str(error)
    assert "report it" in error.hint
