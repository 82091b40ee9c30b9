"""What an install brings: the bundle, JupyterLab's extension where JupyterLab looks for it, and no sources of the browser's."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

import rtwidget

ROOT = Path(rtwidget.__file__).resolve().parent.parent
EXTENSION = "share/jupyter/labextensions/rtwidget"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.mark.slow
def test_a_wheel_brings_what_the_browser_runs(built: Path) -> None:
    with ZipFile(next(built.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        (manifest,) = [name for name in names if name.endswith(f"{EXTENSION}/package.json")]
        load = json.loads(wheel.read(manifest))["jupyterlab"]["_build"]["load"]
        entry = wheel.read(manifest.replace("package.json", load)).decode()
    assert "application/vnd.rtwidget.table+json" in entry
    assert "rtwidget/static/widget.js" in names
    assert f"{manifest.removesuffix('package.json')}install.json" in names
    assert not [name for name in names if name.startswith("rtwidget/js/")]


def test_a_source_archive_needs_no_node(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"rtwidget/static/widget.js", "labextension/package.json"} <= names
    assert not [name for name in names if "node_modules" in name]


def test_this_environment_has_the_extension_that_is_built() -> None:
    installed = Path(sys.prefix, EXTENSION, "package.json")
    assert installed.read_text() == (ROOT / "labextension" / "package.json").read_text()
