"""How the files stand in folders: at most a dozen beside each other, and no name twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

MOST_FILES: Final = 12
CODE_SUFFIXES: Final = frozenset({".py", ".ts", ".css", ".mjs", ".sh"})
_FIXTURES: Final = "fixtures"
_NAMELESS: Final = frozenset({"__init__", "__main__"})
# The two sources are built alike, so that who knows one finds his way in the other.
_TWINS: Final = ("supabase", "postgres")


def full_folders(names: Iterable[PurePosixPath]) -> Iterator[str]:
    """Yield a line for each folder that holds too many files of code; what tests feed on is none.

    Args:
        names: Every file, relative to the project.
    """
    held: dict[PurePosixPath, int] = defaultdict(int)
    for name in names:
        if name.suffix in CODE_SUFFIXES and _FIXTURES not in name.parts:
            held[name.parent] += 1
    for folder, files in sorted(held.items()):
        if files > MOST_FILES:
            yield f"{folder}: {files} files; {MOST_FILES} are allowed, more want folders of their own."


def shared_names(names: Iterable[PurePosixPath]) -> Iterator[str]:
    """Yield a line for each base name that two internal modules of the package share, but for those of the twin sources.

    Args:
        names: Every file, relative to the project.
    """
    found: dict[str, list[PurePosixPath]] = defaultdict(list)
    for name in names:
        if _is_internal(name):
            found[name.name].append(name)
    for base, files in sorted(found.items()):
        for file in files[1:]:
            if not _are_twins(files[0], file) or len(files) > len(_TWINS):
                yield f"{file}: {files[0]} is called {base}, too; a name that both share says neither."


def _is_internal(name: PurePosixPath) -> bool:
    # What stands at the top has public names, such as `rtwidget.errors`.
    inside = name.parts[0] == "rtwidget" and len(name.parts) > 2 and "tests" not in name.parts  # noqa: PLR2004
    return inside and name.suffix in CODE_SUFFIXES and name.stem not in _NAMELESS


def _are_twins(first: PurePosixPath, second: PurePosixPath) -> bool:
    sides = [next((twin for twin in _TWINS if twin in one.parts), None) for one in (first, second)]
    return first.parts[1] == second.parts[1] and set(sides) == set(_TWINS)
