"""Other versions of ipykernel beside the installed one, each as a kernel of its own in JupyterLab's menu."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def add_kernel(data: Path, version: str) -> str:
    """Install a version of ipykernel into a folder of its own; return the name of its kernel.

    Args:
        data: A folder on JUPYTER_PATH.
        version: The version, such as "6.31.0".
    """
    name = f"ipykernel-{version}"
    library = data / "libraries" / name
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    subprocess.run([*install, str(library), f"ipykernel=={version}"], check=True)
    folder = data / "kernels" / name
    folder.mkdir(parents=True)
    specification = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": name,
        "language": "python",
        # Before everything else on the path, so that it wins over the installed one.
        "env": {"PYTHONPATH": os.pathsep.join([str(library), str(Path.cwd())])},
    }
    (folder / "kernel.json").write_text(json.dumps(specification))
    return name
