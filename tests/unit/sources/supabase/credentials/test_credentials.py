"""Where URL and key come from, and what is refused."""

from __future__ import annotations

import traceback

import pytest

from rtwidget.errors import CredentialsError
from rtwidget.sources.supabase.credentials.credentials import (
    AccessToken,
    Credentials,
    find_credentials,
)

URL = "https://ref.supabase.co"


def find(
    url: str | None = None,
    key: str | None = None,
    *,
    access_token: AccessToken | None = None,
    client: object | None = None,
    realtime_url: str | None = None,
    insecure: bool = False,
    environment: dict[str, str] | None = None,
) -> Credentials:
    return find_credentials(
        url=url,
        key=key,
        access_token=access_token,
        client=client,
        realtime_url=realtime_url,
        insecure=insecure,
        environment=environment or {},
    )


@pytest.mark.parametrize("name", ["SUPABASE_KEY", "SUPABASE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY"])
def test_the_environment_is_enough(name: str) -> None:
    found = find(environment={"SUPABASE_URL": URL, name: "sb_publishable_x"})
    assert found.endpoint.rest == f"{URL}/rest/v1/"
    assert found.key.reveal() == "sb_publishable_x"
    assert found.fetch is None


def test_arguments_win_over_the_environment() -> None:
    found = find(
        "https://mine.example/rest/v1/",
        "k",
        environment={"SUPABASE_URL": URL, "SUPABASE_KEY": "other"},
    )
    assert found.endpoint.url == "https://mine.example"
    assert found.key.reveal() == "k"


def test_what_is_missing_is_named_with_its_variable() -> None:
    with pytest.raises(CredentialsError, match="SUPABASE_URL"):
        find(key="k")
    with pytest.raises(CredentialsError, match="SUPABASE_KEY"):
        find(URL)


@pytest.mark.parametrize(
    "url", ["ref.supabase.co", "ftp://x", "https://", "https://h:x", f"{URL}?a=1", "https://u:p@h"]
)
def test_a_url_that_cannot_work_is_refused(url: str) -> None:
    with pytest.raises(CredentialsError, match="url"):
        find(url, "k")


@pytest.mark.parametrize("key", ["two words", "kéy", "a\nb"])
def test_a_key_of_an_impossible_shape_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(CredentialsError) as caught:
        find(URL, key)
    assert key not in "".join(traceback.format_exception(caught.value))


def test_other_odd_arguments_are_refused() -> None:
    with pytest.raises(CredentialsError, match="not a Supabase client"):
        find(client=object())
    with pytest.raises(CredentialsError, match="access_token"):
        find(URL, "k", access_token=" ")
    with pytest.raises(CredentialsError, match="access_token"):
        find(URL, "k", access_token=7)  # type: ignore[arg-type]
    with pytest.raises(CredentialsError, match="key must be"):
        find(URL, " ")
