"""What is made once: set by itself alone, shown without its secrets, and honest about a half-made one."""

from __future__ import annotations

import copy
import pickle

import pytest

from rtwidget.errors import ArgumentError
from rtwidget.sources.immutable import Immutable


class Named(Immutable):
    """An object that is refused without a name."""

    __slots__ = ("_name", "_secret")
    _name: str
    _secret: str

    def __init__(self, name: str) -> None:
        self._fix(_secret="hidden")
        if name:
            self._fix(_name=name)

    def _shown(self) -> str:
        return f"Named({self._name!r})"


def test_it_holds_what_it_was_made_with_and_shows_what_may_be_seen() -> None:
    one = Named("a")
    assert (one._name, one._secret) == ("a", "hidden")
    assert repr(one) == "Named('a')"


def test_one_whose_arguments_were_refused_can_be_shown_too() -> None:
    assert repr(Named("")) == "<Named that was refused>"


def test_nobody_else_sets_or_deletes_an_attribute() -> None:
    one = Named("a")
    with pytest.raises(AttributeError, match="A Named object cannot be changed"):
        one._name = "b"
    with pytest.raises(AttributeError, match="A Named object cannot be changed"):
        del one._name
    assert one._name == "a"


def test_a_copy_is_the_object_itself_and_a_pickle_is_refused() -> None:
    one = Named("a")
    assert copy.copy(one) is one
    assert copy.deepcopy({"one": one})["one"] is one
    with pytest.raises(TypeError, match="A Named object holds secrets"):
        pickle.dumps(one)


@pytest.mark.parametrize("value", [True, False])
def test_a_switch_is_on_or_off(value: bool) -> None:  # noqa: FBT001
    Named._demand_switch("insecure", value)


@pytest.mark.parametrize("value", ["no", "", 1, 0, None])
def test_what_is_neither_is_refused(value: object) -> None:
    with pytest.raises(ArgumentError, match="insecure is") as caught:
        Named._demand_switch("insecure", value)
    assert "insecure=True or insecure=False" in caught.value.hint
