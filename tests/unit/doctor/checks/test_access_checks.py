"""What a key and a token say of whoever reads with them, and what that means."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from rtwidget.doctor.checks.access_checks import check_bearer, duration
from rtwidget.doctor.finding import Verdict
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.bearer import Bearer

NOW = 1_800_000_000.0


ANON = Bearer("an anonymous key", "anon", ("exp", "role"), expires_at=NOW + 1e9)


def user(role: str | None, expires_at: float | None) -> Bearer:
    return Bearer("a user's token", role, ("sub",), is_user=True, expires_at=expires_at)


USER = user("authenticated", NOW + 3600)


def jwt(claims: dict[str, Any]) -> Secret:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return Secret(f"e30.{body}.c2ln")


@pytest.mark.parametrize(
    ("bearer", "key", "renews", "verdict", "said"),
    [
        (USER, ANON, True, Verdict.OK, "ends in 60 min"),
        (ANON, ANON, False, Verdict.OK, "11574 days"),
        (
            user("a", NOW),
            ANON,
            True,
            Verdict.PROBLEM,
            "ended 0 s",
        ),
        (
            user("a", NOW + 119),
            ANON,
            False,
            Verdict.WARNING,
            "Nothing renews",
        ),
        (user("a", NOW + 119), ANON, True, Verdict.OK, "119 s"),
        (user(None, NOW + 999), ANON, True, Verdict.WARNING, "no role"),
        (user("a", None), ANON, True, Verdict.WARNING, "no end"),
        (Bearer("an opaque key", None), ANON, False, Verdict.OK, "whichever role"),
        (Bearer("s", "service_role"), ANON, False, Verdict.WARNING, "bypasses"),
        (USER, Bearer("a secret key", "service_role"), True, Verdict.WARNING, "beside it"),
    ],
)
def test_credentials(
    bearer: Bearer,
    key: Bearer,
    renews: bool,  # noqa: FBT001
    verdict: Verdict,
    said: str,
) -> None:
    finding = check_bearer(bearer, key, NOW, renews=renews)
    assert (finding.verdict, said in finding.said) == (verdict, True)


def test_times_as_people_say_them() -> None:
    assert [duration(s) for s in (0, 119, 120, 7_199, 7_200, 172_800, 1e300)] == [
        "0 s",
        "119 s",
        "2 min",
        "120 min",
        "2 h",
        "2 days",
        "over 100 years",
    ]
