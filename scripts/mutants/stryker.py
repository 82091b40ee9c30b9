"""Small faults in the front end: Stryker puts them in, the front end's own tests look for them."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from scripts.mutants.mutant import Outcome, Verdict
from scripts.npm import FOLDER as FRONT_END
from scripts.npm import run_npm

_TOOLS: Final = Path(__file__).resolve().parent / "js"
_IMPORT: Final = re.compile(
    r'^(?:import|export) (?!type )[^;]*?from "(\.{1,2}/[^"]+)"', re.MULTILINE
)
_NO_CODE: Final = re.compile(r"^\s*(//|/?\*|[\])};,]*$|import |export (type|interface) |type )")
_VERDICTS: Final = {
    "Killed": Verdict.NOTICED,
    "RuntimeError": Verdict.NOTICED,
    "Timeout": Verdict.TIMED_OUT,
    "Survived": Verdict.SURVIVED,
    "NoCoverage": Verdict.SURVIVED,
}


def javascript_outcomes(folder: Path, seed: int, sample: int, jobs: int) -> Iterator[Outcome]:
    """Try faults on a sample of lines in a copy of the front end.

    What only a browser can test is left out: its tests take minutes for each fault.

    Args:
        folder: Where the copy is put.
        seed: The same one draws the same lines of the same code.
        sample: On how many lines; Stryker makes about one fault on each.
        jobs: How many are tried at a time.

    Raises:
        RuntimeError: When Stryker could not be installed, or ended without a report.
    """
    if not (_TOOLS / "node_modules" / ".package-lock.json").exists() and run_npm(
        "ci", folder=_TOOLS
    ):
        raise RuntimeError("Stryker could not be installed: see npm's own words above.")
    copy = folder / "js"
    # TypeScript's settings stay behind: Stryker would read them with a TypeScript older than ours.
    kept_out = shutil.ignore_patterns("node_modules", "tsconfig.json")
    shutil.copytree(FRONT_END, copy, ignore=kept_out)
    (copy / "node_modules").symlink_to(FRONT_END / "node_modules")
    lines = [(path, line) for path in tested_files(copy) for line in code_lines(copy / path)]
    chance = random.Random(seed)  # noqa: S311  (nobody's secret)
    drawn = sorted(chance.sample(lines, min(sample, len(lines))))
    (copy / "stryker.json").write_text(json.dumps(_settings(drawn, jobs)))
    run_npm("--prefix", str(_TOOLS), "run", "--silent", "mutate", folder=copy)
    report = copy / "report.json"
    if not report.exists():
        raise RuntimeError("Stryker ended without a report: see its own words above.")
    yield from _outcomes(json.loads(report.read_text()))


def tested_files(front_end: Path) -> list[str]:
    """Return the files that the front end's own tests import, one through another."""
    waiting, found = list((front_end / "tests").rglob("*.ts")), set[Path]()
    while waiting:
        file = waiting.pop()
        for name in _IMPORT.findall(file.read_text()):
            path = (file.parent / f"{name}.ts").resolve()
            if path.exists() and path not in found:
                found.add(path)
                waiting.append(path)
    inside = [path.relative_to(front_end.resolve()).as_posix() for path in found]
    return sorted(path for path in inside if path.startswith("src/"))


def code_lines(file: Path) -> list[int]:
    """Return the lines that do something: no comments, imports, types or closing brackets."""
    lines = file.read_text().splitlines()
    return [number for number, line in enumerate(lines, 1) if line and not _NO_CODE.match(line)]


def _settings(lines: Sequence[tuple[str, int]], jobs: int) -> dict[str, Any]:
    return {
        "testRunner": "command",
        "commandRunner": {"command": f"node {_TOOLS / 'run_tests.mjs'}"},
        # A command cannot tell which of its tests reach which line.
        "coverageAnalysis": "off",
        # The whole copy is thrown away, so Stryker needs no sandbox of its own.
        "inPlace": True,
        "mutate": [f"{path}:{line}-{line}" for path, line in lines],
        # Words are no logic; cosmic-ray leaves them alone, too.
        "mutator": {"excludedMutations": ["StringLiteral"]},
        "reporters": ["json", "progress-append-only"],
        "jsonReporter": {"fileName": "report.json"},
        "concurrency": jobs,
        # A busy machine must not be taken for a fault that loops for ever.
        "timeoutMS": 60_000,
        "dryRunTimeoutMinutes": 30,
        "checkers": [],
        "allowConsoleColors": False,
    }


def _outcomes(report: dict[str, Any]) -> Iterator[Outcome]:
    for path, file in report["files"].items():
        lines = file["source"].splitlines()
        for one in file["mutants"]:
            # What did not compile, or was ignored, says nothing of the tests.
            if one["status"] in _VERDICTS:
                line = one["location"]["start"]["line"]
                fault = f"{one['mutatorName']}: {lines[line - 1].strip()} -> {one['replacement']}"
                place = f"rtwidget/js/{path}:{line}"
                yield Outcome("js", place, fault, _VERDICTS[one["status"]])
