"""Two looks at one thing as one line: the catalog knows why, and the servers know whether. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.doctor.finding import Finding, Verdict

_SEVERITY = (Verdict.PROBLEM, Verdict.WARNING, Verdict.OK, Verdict.SKIPPED)


def with_catalog(findings: Sequence[Finding], looked_up: Sequence[Finding]) -> list[Finding]:
    """Return findings with what the catalog says: of two of one check, the worse; of equals, the catalog's (any thread).

    Args:
        findings: What the servers said.
        looked_up: What the catalog says.
    """
    by_check = {finding.check: finding for finding in looked_up}
    # In the servers' order, which is that of the steps; what only the catalog knows comes after.
    merged = [_worse(by_check.pop(one.check, one), one) for one in findings]
    return [*merged, *by_check.values()]


def _worse(first: Finding, second: Finding) -> Finding:
    # Of equals `min` takes the first, the catalog's, which knows the reason.
    return min(first, second, key=lambda finding: _SEVERITY.index(finding.verdict))
