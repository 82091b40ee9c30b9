"""Errors are met under the names by which people import them, wherever they are defined."""

from __future__ import annotations

import pickle
import traceback

import pytest

from rtwidget import errors
from rtwidget.errors import RtwidgetError


@pytest.mark.parametrize("name", [name for name in errors.__all__ if name.endswith("Error")])
def test_a_traceback_names_an_error_as_one_imports_it(name: str) -> None:
    error = getattr(errors, name)("It happened.", "Do this.")
    (line,) = traceback.format_exception_only(error)
    assert line == f"rtwidget.errors.{name}: It happened. Do this.\n"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))


def test_every_error_of_the_tree_is_public_and_stands_in_the_docstring() -> None:
    found, waiting = set[str](), [RtwidgetError]
    while waiting:
        one = waiting.pop()
        if one.__module__ == errors.__name__:
            found.add(one.__name__)
            waiting += one.__subclasses__()
    assert found == {name for name in errors.__all__ if name.endswith("Error")}
    assert errors.__doc__ is not None
    assert all(name in errors.__doc__ for name in found)
