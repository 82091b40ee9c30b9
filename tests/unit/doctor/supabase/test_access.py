"""As whom a Supabase table is read, without asking any server."""

from __future__ import annotations

import asyncio

from rtwidget.doctor.access_report import Access, Seen
from rtwidget.doctor.finding import Verdict
from rtwidget.doctor.supabase.access import access_of_supabase
from rtwidget.sources.supabase.request import SupabaseRequest
from tests.requested import requested
from tests.unit.sources.supabase.tokens.jwt import jwt

URL = "https://abcdefghijklmnopqrst.supabase.co"
SEEN = Seen(3, is_live=True, unannounced=0)


def access(key: str, token: str | None = None, realtime_url: str | None = None) -> Access:
    request = requested("t", url=URL, key=key, access_token=token, realtime_url=realtime_url)
    assert isinstance(request, SupabaseRequest)
    return asyncio.run(access_of_supabase(request, SEEN, lambda: 0.0))


def test_a_users_token_reads_and_joins_as_that_user() -> None:
    found = access("sb_publishable_x", jwt(sub="a", role="authenticated", exp=9e9))
    assert (found.role, found.agrees, found.service_key) == ("authenticated", True, False)
    assert found.claims == ("exp", "role", "sub")
    assert found.bypasses_row_security is False


def test_a_service_key_is_told_also_beside_a_users_token() -> None:
    found = access("sb_secret_x", jwt(sub="a", role="authenticated", exp=9e9))
    assert (found.service_key, found.bypasses_row_security) == (True, False)
    assert found.findings[0].verdict is Verdict.WARNING


def test_another_key_in_the_websockets_url_is_another_reader() -> None:
    elsewhere = "wss://h.example/socket/websocket?apikey=sb_publishable_other"
    found = access("sb_publishable_x", realtime_url=elsewhere)
    assert found.agrees is False
    assert "`apikey`" in found.findings[-1].mend


def test_nothing_is_claimed_of_a_key_that_says_nothing() -> None:
    found = access("opaque-key-of-a-gateway")
    assert (found.role, found.bypasses_row_security, found.claims) == (None, None, ())
