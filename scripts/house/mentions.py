"""Find files that a text names and that are not there any more."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

_MENTION: Final = re.compile(r"`([\w./-]+\.(?:py|ts|css|mjs))(?:::\w+)?`")
_READ: Final = frozenset({".md", ".py", ".ts", ".css", ".toml"})
# What was, and what others have, is told under the names that it had, or has there.
_PAST: Final = frozenset({"CHANGELOG.md"})
_OTHERS: Final = ("nbconvert/", "src/core/jupyter/")
# Tests of the house rules name files that never were.
_SAMPLES: Final = PurePosixPath("tests/unit/scripts")


def lost_mentions(name: PurePosixPath, text: str, known: Container[str]) -> Iterator[str]:
    """Yield a line for each file of code that a text names in backticks and that does not stand in the project.

    Args:
        name: The text's file, relative to the project.
        text: What is in it.
        known: The ends of the paths of all files, as `path_ends` returns them.
    """
    if name.suffix not in _READ or name.name in _PAST or name.is_relative_to(_SAMPLES):
        return
    for number, line in enumerate(text.splitlines(), 1):
        for mentioned in _MENTION.findall(line):
            if mentioned not in known and not mentioned.startswith(_OTHERS):
                yield f"{name}:{number}: there is no {mentioned}."


def path_ends(names: Iterable[PurePosixPath]) -> frozenset[str]:
    """Return every way to name some files: by the name alone, or with folders before it."""
    return frozenset(
        "/".join(name.parts[first:]) for name in names for first in range(len(name.parts))
    )
