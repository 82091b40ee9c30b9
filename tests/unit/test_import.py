"""`import rtwidget` stays light: what only a widget needs is loaded by the first table."""

from __future__ import annotations

import subprocess
import sys

LOADED = "import rtwidget, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"


def test_importing_the_package_loads_no_jupyter_and_no_local_backend() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    loaded = set(answer.stdout.split())
    assert "rtwidget" in loaded
    assert not loaded & {
        "IPython",
        "ipywidgets",
        "anywidget",
        "aiohttp",
        "psycopg",
        "supabase",
        "pytest",
    }


def run(*lines: str) -> str:
    """Return what a program prints, run by an interpreter of its own."""
    program = [sys.executable, "-c", "\n".join(lines)]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


def test_a_package_that_is_missing_is_named_only_when_it_is_needed() -> None:
    said = run(
        "import sys",
        "sys.modules['psycopg'] = sys.modules['pytest'] = None",
        "import rtwidget",
        "from rtwidget.errors import ArgumentError",
        "try: rtwidget.Postgres('postgresql://h/db')",
        "except ArgumentError as error: print(error)",
        "try: import rtwidget.testing",
        "except ImportError as error: print(error)",
    )
    assert "source= needs the package psycopg" in said
    assert "pip install 'rtwidget[postgres]'" in said
    assert "rtwidget.testing needs the package pytest" in said
    assert "pip install 'rtwidget[testing]'" in said


def test_the_contract_hides_no_module_of_the_standard_library() -> None:
    said = run(
        "import rtwidget.abc, rtwidget.testing, abc, collections.abc",
        "print(abc.ABC, rtwidget.abc.Source.__module__, abc is not rtwidget.abc)",
    )
    assert said.split() == ["<class", "'abc.ABC'>", "rtwidget.abc.source_contract", "True"]
