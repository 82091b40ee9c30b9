"""Which faults of Python are tried."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from scripts.mutants.mutant import Mutant
from scripts.mutants.python_mutants import PythonFile
from scripts.mutants.rooms import ROOMS, code_lines, files_of
from scripts.mutants.sampling import Line, draw, quotas


def sampled(root: Path, seed: int, sample: int, rooms: Sequence[str] = ROOMS) -> list[Mutant]:
    """Return the mutants of a seed.

    Args:
        root: The project's folder.
        seed: The same one draws the same mutants from the same code.
        sample: About how many.
        rooms: From which rooms.
    """
    code = {path: (root / path).read_text() for room in rooms for path in files_of(root, room)}
    lines = {
        room: [(path, line) for path in files_of(root, room) for line in code_lines(code[path])]
        for room in rooms
    }
    files: dict[str, PythonFile] = {}

    def mutant_on(line: Line) -> Mutant | None:
        path, number = line
        chance = random.Random(f"{seed} {path} {number}")  # noqa: S311  (nobody's secret)
        if path not in files:
            files[path] = PythonFile(path, code[path])
        kinds = files[path].kinds_on(number)
        # A kind first: an operator has a dozen others to be mistaken for, a call only one way to be missing.
        for kind in chance.sample(sorted(kinds), len(kinds)):
            operator, occurrence = chance.choice(kinds[kind])
            if (mutant := files[path].mutant(number, operator, occurrence)) is not None:
                return mutant
        return None

    wanted = quotas(lines, sample)
    # A chance for each room and line, so that an edit of one changes nothing of the others.
    return [
        one
        for room in rooms
        for one in draw(lines[room], wanted[room], random.Random(f"{seed} {room}"), mutant_on)  # noqa: S311
    ]
