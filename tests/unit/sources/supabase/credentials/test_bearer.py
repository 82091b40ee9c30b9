"""What a key or token says of its holder."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.bearer import bearer_of

NOW = 1_800_000_000.0


def jwt(claims: dict[str, Any]) -> Secret:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return Secret(f"e30.{body}.c2ln")


@pytest.mark.parametrize(
    ("secret", "role", "kind", "service"),
    [
        (Secret("sb_secret_abc"), "service_role", "a secret key", True),
        (Secret("sb_publishable_abc"), "anon", "a publishable key", False),
        (Secret("something"), None, "an opaque key", False),
        (jwt({"role": "anon"}), "anon", "an anonymous key", False),
        (jwt({"role": "service_role"}), "service_role", "a service key", True),
        (jwt({"role": "authenticated", "sub": "a"}), "authenticated", "a user's token", False),
        (jwt({"role": ["service_role"], "exp": "x"}), None, "a token without a user", False),
        (jwt({"role": "r" * 64}), None, "a token without a user", False),
        (jwt({"role": ""}), None, "a token without a user", False),
    ],
)
def test_bearers(secret: Secret, role: str | None, kind: str, service: bool) -> None:  # noqa: FBT001
    bearer = bearer_of(secret)
    assert (bearer.role, bearer.kind, bearer.is_service) == (role, kind, service)


def test_a_bearer_keeps_names_of_claims_and_no_values() -> None:
    bearer = bearer_of(jwt({"sub": "hunter2", "email": "a@b.example", "exp": 5}))
    assert bearer.claims == ("email", "exp", "sub")
    assert "hunter2" not in repr(bearer)
    assert "a@b.example" not in repr(bearer)
