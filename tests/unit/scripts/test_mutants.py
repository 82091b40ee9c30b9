"""The run of mutants can fail: it tells what tests notice from what they do not, and leaves a file as it was."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.checks.steps import ROOT
from scripts.mutants import stryker
from scripts.mutants.mutant import Mutant, Outcome, Verdict
from scripts.mutants.report import Report
from scripts.mutants.rooms import ROOMS, files_of, near_tests
from scripts.mutants.sampling import draw, quotas
from scripts.npm import FOLDER as FRONT_END

CODE = "def least(numbers):\n    return min(numbers)\n\n\ndef most(numbers):\n    return max(numbers)\n"
TESTS = (
    "from rtwidget.feed.ends import least\n\n\ndef test_least():\n    assert least([2, 1]) == 1\n"
)
FILES = {
    "pytest.ini": "[pytest]\npythonpath = .\n",
    "rtwidget/__init__.py": "",
    "rtwidget/feed/__init__.py": "",
    "rtwidget/feed/ends.py": CODE,
    "tests/unit/feed/test_ends.py": TESTS,
}
TRIED = """
import json, sys
from pathlib import Path
from scripts.mutants.mutant import Mutant
from scripts.mutants.trial import ProjectCopy
copy = ProjectCopy(Path(sys.argv[2]), Path(sys.argv[1]))
for old, new, limit_s in json.loads(sys.argv[3]):
    code = (Path(sys.argv[1]) / "rtwidget/feed/ends.py").read_text().replace(old, new)
    mutant = Mutant("rtwidget/feed/ends.py", 1, "test", old, new, code)
    print(copy.verdict(mutant, limit_s=limit_s).name, flush=True)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    for path, text in FILES.items():
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_text(text)
    return made


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_fault_is_noticed_by_a_test_that_looks_and_by_no_other(
    project: Path, tmp_path: Path
) -> None:
    faults = [
        ("min(numbers)", "max(numbers)", 300),  # a test fails
        ("max(numbers)", "min(numbers)", 300),  # no test looks
        ("    return min", "    while True: pass\n    return min", 0.5),  # no end
    ]
    command = [
        sys.executable,
        "-c",
        TRIED,
        str(project),
        str(tmp_path / "copy"),
        json.dumps(faults),
    ]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["NOTICED", "SURVIVED", "TIMED_OUT"]
    for where in (project, tmp_path / "copy"):
        assert (where / "rtwidget/feed/ends.py").read_text() == CODE


def test_a_run_is_enough_when_most_faults_are_noticed_and_lists_the_others() -> None:
    assert not Report().is_enough
    report = Report()
    report.take(Outcome("feed", f"a.py:{line}", "x -> y", Verdict.NOTICED) for line in range(17))
    report.take([Outcome("feed", "b.py:7", "p -> q", Verdict.SURVIVED)] * 3)
    assert report.is_enough
    assert "b.py:7  p -> q" in str(report)
    assert "a.py" not in str(report)
    worse = Report()
    worse.take(Outcome("feed", f"a.py:{line}", "x -> y", Verdict.NOTICED) for line in range(16))
    worse.take([Outcome("view", "c.py:1", "r -> s", Verdict.SURVIVED)] * 4)
    assert not worse.is_enough


def test_a_seed_draws_the_same_lines_and_passes_over_those_without_a_fault() -> None:
    lines = [("a.py", number) for number in range(50)]

    def mutant_on(line: tuple[str, int]) -> Mutant | None:
        return Mutant(line[0], line[1], "", "", "", "") if line[1] % 2 else None

    first, again = (draw(lines, 10, random.Random(3), mutant_on) for _ in range(2))
    assert first == again
    assert len({one.line for one in first}) == 10
    assert first != draw(lines, 10, random.Random(4), mutant_on)
    assert len(draw(lines, 99, random.Random(3), mutant_on)) == 25
    assert quotas({"feed": lines, "view": lines[:10]}, 12) == {"feed": 10, "view": 2}


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_that_is_mutated_has_tests_near_it(room: str) -> None:
    files = files_of(ROOT, room)
    assert files
    for path in files:
        near = near_tests(ROOT, path)
        assert near
        assert all((ROOT / test).is_file() for step in near for test in step)


def test_files_of_the_front_end_are_found_in_every_room() -> None:
    rooms = {path.split("/")[1] for path in stryker.tested_files(FRONT_END)}
    assert {"cells", "columns", "filters", "grid", "kernel", "rows", "selection", "status"} <= rooms
