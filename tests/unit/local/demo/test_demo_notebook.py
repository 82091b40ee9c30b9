"""Where the demo's notebooks are found."""

from __future__ import annotations

import json

import pytest

from rtwidget.local.backend_error import LocalBackendError
from rtwidget.local.demo.demo_notebook import NAME, notebook_text


@pytest.mark.parametrize("name", [NAME, "02_postgres.ipynb"])
def test_a_notebook_of_the_checkout(name: str) -> None:
    assert json.loads(notebook_text(name))["nbformat"] == 4


def test_a_notebook_that_is_in_neither_place_is_named() -> None:
    with pytest.raises(LocalBackendError, match=r"absent\.ipynb"):
        notebook_text("absent.ipynb")
