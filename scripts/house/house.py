"""The house rules that no other tool knows: short files, small folders, types everywhere, one-way imports, nothing of this machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from scripts.checks.steps import ROOT, StepError
from scripts.house.arrows import wrong_imports
from scripts.house.circles import import_circles
from scripts.house.folders import CODE_SUFFIXES, full_folders, shared_names
from scripts.house.hints import missing_hints
from scripts.house.mentions import lost_mentions, path_ends
from scripts.house.readme import wrong_readme

MOST_LINES = 200
CODE_NAMES = frozenset({"Makefile"})

# A path that begins behind a word or a slash is the end of a longer one, and no folder of this machine.
_MACHINE = re.compile(
    r"(?<![\w.$}/-])/(?:work|root)(?![\w-])"
    r"|(?<![\w.$}/-])/(?:home|Users)/\w"
    r"|\b(?:registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|files\.pythonhosted\.org)\b"
    r"|\bpypi\.org/simple\b|\bindex-url\b"
)
_README = PurePosixPath("README.md")
_RESOLVED = re.compile(r'"resolved": "https?:')


def check_house() -> str:
    """Check every tracked file; return how many there were.

    Raises:
        StepError: With one line for each offence.
    """
    names = tracked_files()
    texts = {name: text for name in names if (text := _text(name)) is not None}
    trees = {name: ast.parse(texts[name], str(name)) for name in texts if name.suffix == ".py"}
    offences = [
        *full_folders(names),
        *shared_names(names),
        *import_circles(trees),
        *wrong_readme(texts[_README]),
    ]
    known = path_ends(names)
    for name, text in texts.items():
        offences += [*wrong_text(name, text), *lost_mentions(name, text, known)]
    for name, tree in trees.items():
        offences += [*missing_hints(name, tree), *wrong_imports(name, tree)]
    if offences:
        raise StepError("\n".join(offences))
    return f"{len(names)} files"


def tracked_files() -> list[PurePosixPath]:
    """Return the files that git tracks and that are there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if listed.returncode != 0:
        raise StepError(f"The house rules are checked on a git checkout only: {listed.stderr}")
    names = [PurePosixPath(name) for name in listed.stdout.split("\0") if name]
    # A file that was deleted and not yet committed is still listed.
    return [name for name in names if Path(ROOT, name).is_file()]


def wrong_text(name: PurePosixPath, text: str) -> Iterator[str]:
    """Yield a line for a file of code that is too long, and for each name of a machine or a registry.

    Args:
        name: The file, relative to the project.
        text: What is in it.
    """
    lines = text.splitlines()
    if (name.suffix in CODE_SUFFIXES or name.name in CODE_NAMES) and len(lines) > MOST_LINES:
        yield f"{name}: {len(lines)} lines; {MOST_LINES} are allowed, a longer file is two ideas."
    for number, line in enumerate(lines, 1):
        if found := _MACHINE.search(line):
            yield f"{name}:{number}: {found[0]!r} belongs to one machine."
        if name.name == "package-lock.json" and _RESOLVED.search(line):
            yield f"{name}:{number}: a lock file names no registry (omit-lockfile-registry-resolved)."


def _text(name: PurePosixPath) -> str | None:
    content = Path(ROOT, name).read_bytes()
    # As git does, a file with a zero byte is taken for a picture or the like.
    return None if b"\0" in content else content.decode(errors="replace")
