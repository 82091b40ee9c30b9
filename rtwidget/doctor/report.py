"""The lines of an examination as text and as HTML. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from rtwidget.doctor.finding import Finding, Verdict

# Of one width in every terminal's font, unlike emoji.
_MARKS = {Verdict.OK: "✓", Verdict.WARNING: "!", Verdict.PROBLEM: "✗", Verdict.SKIPPED: "·"}
# Beside the mark and the word, so that nobody needs to see the colour; readable on light and dark.
_COLOURS = {
    Verdict.OK: "#2e8b57",
    Verdict.WARNING: "#b8860b",
    Verdict.PROBLEM: "#d0312d",
    Verdict.SKIPPED: "#808080",
}
_WORST_FIRST = (Verdict.PROBLEM, Verdict.WARNING, Verdict.OK)
_WORD_CHARACTERS = max(map(len, Verdict))
_HEADINGS = ("check", "verdict", "what it means", "what mends it")
_CELL = "text-align:left;vertical-align:top;white-space:normal"


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What an examination found; `report["publication"]` is one line of it.

    Args:
        title: Of what.
        findings: One for each check, in the order in which they build on one another.
    """

    title: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of all verdicts."""
        # Skipped checks say nothing, so they decide only where there is nothing else.
        found = {finding.verdict for finding in self.findings}
        return next((verdict for verdict in _WORST_FIRST if verdict in found), Verdict.SKIPPED)

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings because of which the table cannot be live."""
        return tuple(one for one in self.findings if one.verdict is Verdict.PROBLEM)

    def __getitem__(self, check: str) -> Finding:
        for finding in self.findings:
            if finding.check == check:
                return finding
        raise KeyError(check)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __repr__(self) -> str:
        return as_text(f"{self.title}: {self._summary()}", self.findings)

    def _repr_html_(self) -> str:
        return as_html(f"{self.title}: {self._summary()}", self.findings)

    def _summary(self) -> str:
        counted = [(sum(one.verdict is kind for one in self.findings), kind) for kind in Verdict]
        words = [
            f"{count} {kind}{'' if count == 1 else 's'}"
            for count, kind in counted
            if count and kind in (Verdict.WARNING, Verdict.PROBLEM)
        ]
        return ", ".join(reversed(words)) or "no problem found"


def as_text(heading: str, findings: Sequence[Finding]) -> str:
    """Return a heading and one line for each finding, what mends it below (any thread)."""
    width = max((len(finding.check) for finding in findings), default=0)
    lines = [heading]
    for finding in findings:
        head = f"{_MARKS[finding.verdict]} {finding.verdict:<{_WORD_CHARACTERS}}  {finding.check:<{width}}"
        lines.append(f"{head}  {_printable(finding.said)}")
        if finding.mend:
            lines.append(f"{'':{len(head)}}  -> {_printable(finding.mend)}")
    return "\n".join(lines)


def as_html(heading: str, findings: Sequence[Finding]) -> str:
    """Return the same as a table: no script, nothing from elsewhere (any thread)."""
    rows = "".join(map(_row, findings))
    return (
        f"<table><caption style='text-align:left'><b>{_escaped(heading)}</b></caption>"
        "<thead><tr>"
        + "".join(f"<th scope='col' style='{_CELL}'>{name}</th>" for name in _HEADINGS)
        + f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(finding: Finding) -> str:
    verdict = finding.verdict
    style = f"color:{_COLOURS[verdict]};white-space:nowrap"
    word = f"<b style='{style}'>{_MARKS[verdict]} {verdict}</b>"
    cells = (
        f"<td style='{_CELL}'>{cell}</td>"
        for cell in (word, _code(finding.said), _code(finding.mend))
    )
    return (
        f"<tr><th scope='row' style='{_CELL}'>{_escaped(finding.check)}</th>{''.join(cells)}</tr>"
    )


def _code(text: str) -> str:
    """Show what stands in backticks as code; an odd one out stays a backtick."""
    parts = _escaped(text).split("`")
    # A server's own words may hold a backtick.
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(
        f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts)
    )


def _escaped(text: str) -> str:
    return escape(_printable(text))


def _printable(text: str) -> str:
    """Keep servers' words from breaking lines, moving the cursor, or being unwritable."""
    # Half of a surrogate pair cannot be written to any terminal.
    clean = text.encode("utf-8", "replace").decode()
    return "".join(one if one.isprintable() else " " for one in clean)
