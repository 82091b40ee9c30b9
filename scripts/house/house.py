"""The house rules that no other tool knows: short files, types everywhere, one-way imports, nothing of this machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from scripts.checks.arrows import wrong_imports
from scripts.checks.hints import missing_hints

from scripts.checks.steps import ROOT, StepError

MOST_LINES = 200
CODE_SUFFIXES = frozenset({".py", ".ts", ".css", ".mjs", ".sh"})
CODE_NAMES = frozenset({"Makefile"})

_MACHINE = re.compile(
    r"(?<![\w.$}/-])/(?:work|root)(?![\w-])"
    r"|(?<![\w.$}/-])/(?:home|Users)/\w"
    r"|\b(?:registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|files\.pythonhosted\.org)\b"
    r"|\bpypi\.org/simple\b|\bindex-url\b"
)
_RESOLVED = re.compile(r'"resolved": "https?:')


def check_house() -> str:
    """Check every tracked file; return how many there were.

    Raises:
        StepError: With one line for each offence.
    """
    files = tracked_files()
    offences = [offence for file in files for offence in _offences(file)]
    if offences:
        raise StepError("\n".join(offences))
    return f"{len(files)} files"


def tracked_files() -> list[PurePosixPath]:
    """Return the files that git tracks and that are there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if listed.returncode != 0:
        raise StepError(f"The house rules are checked on a git checkout only: {listed.stderr}")
    names = [PurePosixPath(name) for name in listed.stdout.split("\0") if name]
    return [name for name in names if Path(ROOT, name).is_file()]


def _offences(name: PurePosixPath) -> Iterator[str]:
    content = Path(ROOT, name).read_bytes()
    if b"\0" in content:
        return
    text = content.decode(errors="replace")
    lines = text.splitlines()
    if (name.suffix in CODE_SUFFIXES or name.name in CODE_NAMES) and len(lines) > MOST_LINES:
        yield f"{name}: {len(lines)} lines; {MOST_LINES} are allowed, a longer file is two ideas."
    for number, line in enumerate(lines, 1):
        if found := _MACHINE.search(line):
            yield f"{name}:{number}: {found[0]!r} belongs to one machine."
        if name.name == "package-lock.json" and _RESOLVED.search(line):
            yield f"{name}:{number}: a lock file names no registry (omit-lockfile-registry-resolved)."
    if name.suffix == ".py":
        tree = ast.parse(text, str(name))
        yield from missing_hints(name, tree)
        yield from wrong_imports(name, tree)
