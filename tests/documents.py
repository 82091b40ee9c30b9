"""The README and the guides, and the samples in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Sample(NamedTuple):
    """A block of code in a page."""

    language: str
    source: str
    line: int


def name_of(page: Path) -> str:
    """Return a page's path within the project, as tests are called by it."""
    return page.relative_to(ROOT).as_posix()


def samples(page: Path) -> Iterator[Sample]:
    """Return a page's blocks of code, in their order."""
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        yield Sample(found[1], found[2], text.count("\n", 0, found.start()) + 2)


def without_samples(page: Path) -> str:
    """Return a page's text without its blocks of code."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))
