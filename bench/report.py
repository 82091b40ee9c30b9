"""The results as a table for people, and in README.md between its two marks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
RESULTS = _FOLDER / "results.json"
README = _FOLDER / "README.md"
_BEGIN, _END = "<!-- results -->\n", "<!-- end of results -->\n"
_HEAD = "| case | ours | other | unit | ratio | goal | met |\n|---|---|---|---|---|---|---|\n"


def table(lines: list[dict[str, Any]]) -> str:
    """Return lines of results.json as a Markdown table, with the notes below it."""
    notes = [f"* *{line['case']}*: {line['note']}\n" for line in lines if line["note"]]
    return _HEAD + "".join(map(_line, lines)) + ("\n" + "".join(notes) if notes else "")


def write_readme() -> None:
    """Put the table of results.json into README.md."""
    # Unpacked, so that a mark which is missing or stands there twice fails, and overwrites nothing.
    before, rest = README.read_text(encoding="utf-8").split(_BEGIN)
    _, after = rest.split(_END)
    lines = json.loads(RESULTS.read_text(encoding="utf-8"))
    README.write_text(before + _BEGIN + table(lines) + _END + after, encoding="utf-8")


def _line(line: dict[str, Any]) -> str:
    other = "nothing" if line["other"] is None else _number(line["other"])
    ratio = "" if line["ratio"] is None else f"{line['ratio']:.3g}x"
    goal = f"{line['goal']:g}x" if line["goal_of"] == "ratio" else _number(line["goal"])
    met = "yes" if line["met"] else "**no**"
    return (
        f"| {line['case']} | {_number(line['ours'])} | {other} ({line['against']}) |"
        f" {line['unit']} | {ratio} | {goal} | {met} |\n"
    )


def _number(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


if __name__ == "__main__":
    write_readme()
