"""A notebook that ran: no key, token or password in its file, in any logger's log, or in the report of a crash."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from rtwidget.local import LocalBackend
from rtwidget.local.postgres.logins import login_dsn
from rtwidget.sources.postgres import setup
from tests.integration.secrets.cells import CELLS, FAILURES
from tests.integration.steady import steady_backend

FORGED = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiIsImV4cCI6OTk5OTk5OTk5OX0.Zm9yZ2Vk"


@pytest.fixture
def secrets() -> Iterator[dict[str, str]]:
    """What must be seen nowhere, by the names under which the cells ask for it; `url` is none."""
    with steady_backend() as backend:
        backend.sql(
            "create table notes (id int primary key, owner text, note text);"
            "insert into notes values (1, 'ada', 'a note'), (2, 'ada', 'x'), (3, 'bob', 'y');"
            "alter publication supabase_realtime add table notes"
        )
        dsn = login_dsn(backend.dsn, "web", member_of="authenticated")
        setup.enable("notes", backend.dsn)
        yield named(backend, dsn)


def named(backend: LocalBackend, dsn: str) -> dict[str, str]:
    password = urlsplit(dsn).password or ""
    return {
        "url": backend.url,
        "anon key": backend.anon_key,
        "service key": backend.service_key,
        "token": backend.token("authenticated", "ada"),
        "other token": backend.token("authenticated", "bob"),
        "forged": FORGED,
        "dsn": dsn,
        "wrong dsn": dsn.replace(password, "hunter2hunter2"),
    }


def parts(secrets: dict[str, str]) -> Iterator[str]:
    """Return each secret whole, encoded as in a URL, and the part of it that makes it one."""
    for name, secret in secrets.items():
        if name == "url":
            continue
        core = urlsplit(secret).password if "dsn" in name else secret.rpartition(".")[2]
        assert core is not None
        assert len(core) >= 8
        yield from {secret, quote(secret, safe=""), core}


@pytest.mark.timeout(180)
def test_nothing_that_is_left_of_a_notebook_holds_a_secret(
    secrets: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "secrets").mkdir()
    for name, secret in secrets.items():
        (tmp_path / "secrets" / name).write_text(secret)
    saved_text = executed(tmp_path)
    # Colours stand between the letters of a traceback.
    saved = re.sub(r"\\u001b\[[0-9;]*m", "", saved_text)
    log = (tmp_path / "everything.log").read_text()
    report = (tmp_path / "report.txt").read_text()
    demand_that_all_happened(json.loads(saved_text), log, report)
    for part in parts(secrets):
        for what, text in (("notebook", saved), ("log", log), ("report", report)):
            assert part not in text, f"{part[:4]}... is in the {what}"
            assert json.dumps(part)[1:-1] not in text


def executed(folder: Path) -> str:
    """Run the cells as a notebook, and return the file that is left."""
    code: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
    }
    cells = [{**code, "id": f"cell-{place}", "source": cell} for place, cell in enumerate(CELLS)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (folder / "cells.ipynb").write_text(json.dumps(notebook))
    run = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors"]
    subprocess.run([*run, "--output", "saved.ipynb", "cells.ipynb"], cwd=folder, check=True)
    return (folder / "saved.ipynb").read_text()


def demand_that_all_happened(notebook: Any, log: str, report: str) -> None:
    """A test that looks for nothing must look where something is."""
    failed = {
        "".join(cell["source"]): re.sub(r"\x1b\[[0-9;]*m", "", "".join(output["traceback"]))
        for cell in notebook["cells"]
        for output in cell["outputs"]
        if output["output_type"] == "error"
    }
    assert [source for source in failed if source not in FAILURES] == []
    assert len(failed) == len(FAILURES)
    assert "self =" in "".join(failed.values())
    html = [
        "".join(output["data"]["text/html"])
        for cell in notebook["cells"]
        for output in cell["outputs"]
        if "text/html" in output.get("data", {})
    ]
    assert any("a note" in one for one in html)
    assert notebook["metadata"]["widgets"]
    assert "ZeroDivisionError" in log
    assert {"asyncio", "rtwidget", "httpcore"} <= {
        line.split(":")[1].split(".")[0] for line in log.splitlines() if line.count(":") > 1
    }
    assert "***" in report
