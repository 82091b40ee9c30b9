"""Who is told to a server: keys of the new kind are no tokens, so only `apikey` holds them."""

from __future__ import annotations

import httpx
import pytest

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.http.authorization import Authorization

JWT = "eyJ0.eyJ9.sig"


@pytest.mark.parametrize(
    ("key", "token", "bearer"),
    [
        ("sb_publishable_a", "sb_publishable_a", None),
        ("sb_secret_a", "sb_secret_a", None),
        ("sb_publishable_a", JWT, f"Bearer {JWT}"),
        (JWT, JWT, f"Bearer {JWT}"),
        ("own-key", "own-key", "Bearer own-key"),
    ],
)
def test_the_headers(key: str, token: str, bearer: str | None) -> None:
    request = httpx.Request("GET", "https://r.supabase.co")
    signed = next(Authorization(Secret(key), Secret(token)).auth_flow(request))
    assert signed.headers["apikey"] == key
    assert signed.headers.get("authorization") == bearer
