"""What people paste as URL, key or token: told at once with what to pass, and none of it shown."""

from __future__ import annotations

import base64
import json
import traceback

import pytest

from rtwidget.errors import CredentialsError
from rtwidget.sources.supabase.credentials.credentials import find_credentials

REF, OTHER = "abcdefghijklmnopqrst", "zyxwvutsrqponmlkjihg"
URL = f"https://{REF}.supabase.co"


def jwt(**claims: object) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJhbGciOiJIUzI1NiJ9.{body}.signature"


def refused(
    url: str | None = URL, key: str | None = "k", access_token: str | None = None, **variables: str
) -> CredentialsError:
    with pytest.raises(CredentialsError) as caught:
        find_credentials(
            url=url, key=key, access_token=access_token, client=None, realtime_url=None,
            environment=variables,
        )  # fmt: skip
    return caught.value


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        (f'"{URL}"', "Leave them out"),
        (f"'{URL}'", "Leave them out"),
        (f"https://supabase.com/dashboard/project/{REF}", f"`{URL}`"),
        (f"https://supabase.com/dashboard/project/{REF}/settings/api", f"`{URL}`"),
        (f"app.supabase.com/project/{REF}", f"`{URL}`"),
        (f"db.{REF}.supabase.co", f"`{URL}`"),
        (f"https://db.{REF}.supabase.co:5432", f"`{URL}`"),
        ("aws-0-eu-central-1.pooler.supabase.com:6543", "`source=`"),
        (REF, f"`{URL}`"),
        (f"{REF}.supabase.co", f"`{URL}`"),
        ("localhost:54321", "`http://localhost:54321`"),
        ("https://<ref>.supabase.co", "dashboard"),
        ("https://your-project-ref.supabase.co", "dashboard"),
        ("https://[project-ref].supabase.co", "dashboard"),
        (f"{URL}/auth/v1", "Leave out its path"),
        (f"{URL}/rest/v1/agent_proposals", "Leave out its path"),
        (f"{URL}/rest", "Leave it out"),
        ("https://a b.supabase.co", "Copy it again"),
        ("https://a\nb.supabase.co", "Copy it again"),
        ("https://a..co", "Copy it again"),
        ("postgresql://postgres:hunter2@h/db", "`source=`"),
        ("sb_secret_hunter2", "`key=`"),
        (jwt(role="anon", name="hunter2"), "`key=`"),
    ],
)
def test_a_url_that_is_none(url: str, remedy: str) -> None:
    for error in (refused(url), refused(None, SUPABASE_URL=url)):
        assert remedy in error.hint
        text = "".join(traceback.format_exception(error))
        assert "hunter2" not in text
        assert "eyJ" not in error.hint
    assert refused(None, SUPABASE_URL=url).message.startswith("SUPABASE_URL ")
    assert refused(url).message.startswith("url ")


@pytest.mark.parametrize(
    "url",
    [URL, f"{URL}/", f" {URL}/rest/v1/\n", "https://api.example.com/supabase", "https://my-project.example.com", "http://127.0.0.1:54321", "http://[::1]:5", "https://ü.example", "HTTPS://a_b.example:8443"],
)  # fmt: skip
def test_a_url_that_may_be_one(url: str) -> None:
    find_credentials(
        url=url, key="k", access_token=None, client=None, realtime_url=None, environment={}
    )


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ('"sb_secret_hunter2"', "Leave them out"),
        ("'sb_secret_hunter2'", "Leave them out"),
        ("Bearer sb_secret_hunter2", "Leave it out"),
        (URL, "`url=`"),
        ("postgresql://me:hunter2@h/db", "`source=`"),
        ("postgresql+psycopg://me:hunter2@h/db", "`source=`"),
        ("<anon-key>", "dashboard"),
        ("your-anon-key", "dashboard"),
        ("YOUR_SUPABASE_KEY", "dashboard"),
    ],
)
def test_a_key_that_is_none(key: str, remedy: str) -> None:
    for error in (refused(URL, key), refused(URL, None, SUPABASE_ANON_KEY=key)):
        assert remedy in error.hint
        assert "hunter2" not in "".join(traceback.format_exception(error))
    assert refused(URL, None, SUPABASE_ANON_KEY=key).message.startswith("SUPABASE_ANON_KEY ")


def test_a_projects_key_is_no_users_token() -> None:
    assert "`key=`" in refused(access_token="sb_publishable_x").hint
    assert "Leave it out" in refused(access_token=f"Bearer {jwt(sub='1')}").hint


def test_a_key_of_another_project_is_told_before_it_is_refused_for_a_minute() -> None:
    error = refused(URL, jwt(role="anon", ref=OTHER))
    assert OTHER in error.message
    assert REF in error.message
    for url, ref in ((URL, REF), ("https://api.example.com", OTHER)):
        find_credentials(
            url=url, key=jwt(role="anon", ref=ref), access_token=None, client=None,
            realtime_url=None, environment={},
        )  # fmt: skip


def test_the_websocket_has_an_example_of_its_own() -> None:
    with pytest.raises(CredentialsError, match="wss://"):
        find_credentials(
            url=URL, key="k", access_token=None, client=None, realtime_url="nowhere", environment={}
        )
