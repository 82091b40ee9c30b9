"""Lines drawn with a seed, from each room as many as it has lines of code."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from scripts.mutants.mutant import Mutant

Line = tuple[str, int]


def quotas(lines: Mapping[str, Sequence[Line]], sample: int) -> dict[str, int]:
    """Return how many mutants each room gets: by its lines, and one at least."""
    every = sum(map(len, lines.values()))
    return {room: max(1, round(sample * len(some) / every)) for room, some in lines.items()}


def draw(
    lines: Sequence[Line],
    wanted: int,
    chance: random.Random,
    mutant_on: Callable[[Line], Mutant | None],
) -> list[Mutant]:
    """Return mutants on lines drawn without repetition; a line that has none is passed over."""
    found: list[Mutant] = []
    for line in chance.sample(lines, len(lines)):
        if len(found) == wanted:
            break
        mutant = mutant_on(line)
        if mutant is not None:
            found.append(mutant)
    return found
