"""What a verbose traceback shows of an error: every frame that is not a test's, with its variables."""

from __future__ import annotations

import traceback
from pathlib import Path

TESTS = str(Path(__file__).parents[3])


def shown(error: BaseException) -> str:
    """Return the error, what it was chained to, and the variables of the frames that it holds."""
    text = repr(error) + str(error) + repr(vars(error))
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if not frame.f_code.co_filename.startswith(TESTS):
            text += repr(frame.f_locals)
    chained = error.__cause__ or error.__context__
    return text if chained is None else text + shown(chained)
