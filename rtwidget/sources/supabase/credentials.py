"""Where URL, key and token come from: arguments, the environment, or a supabase-py client."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rtwidget.errors import CredentialsError
from rtwidget.sources.supabase.endpoint import Endpoint, checked_endpoint
from rtwidget.sources.supabase.secret import Secret
from rtwidget.sources.supabase.session import ClientSession
from rtwidget.sources.supabase.tokens import TokenSource, called, fixed

URL_VARIABLE = "SUPABASE_URL"
KEY_VARIABLES = ("SUPABASE_KEY", "SUPABASE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY")

AccessToken: TypeAlias = str | Callable[[], str | None] | Callable[[], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class Credentials:
    """Where to go and as whom.

    Args:
        endpoint: The project's addresses.
        key: The project's API key.
        fetch: Asks for the access token; None when the key alone says who reads.
    """

    endpoint: Endpoint
    key: Secret
    fetch: TokenSource | None


def find_credentials(
    *,
    url: str | None,
    key: str | None,
    access_token: AccessToken | None,
    client: object | None,
    realtime_url: str | None,
    insecure: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Credentials:
    """Return the credentials: arguments first, then the client, then the environment (any thread).

    Args:
        url: The project's URL, or None.
        key: The project's API key, or None.
        access_token: A user's token, or what returns a fresh one (a plain function runs in a thread).
        client: A supabase-py client, sync or async, or None.
        realtime_url: The whole websocket URL of a self-hosted server, or None.
        insecure: Whether keys may travel in the clear to other machines.
        environment: Stands for the process's environment.

    Raises:
        CredentialsError: When something is missing or cannot work; it says what to set.
    """
    variables = os.environ if environment is None else environment
    session = None if client is None else _session_of(client)
    found_url = _text("url", url) or (session.url if session else variables.get(URL_VARIABLE))
    found_key = _text("key", key) or (session.key if session else _key_in(variables))
    if not found_url:
        raise CredentialsError(
            "There is no Supabase URL.",
            f"Set `{URL_VARIABLE}` in the environment, or pass `url=`, as in `https://<ref>.supabase.co`.",
        )
    if not found_key:
        raise CredentialsError(
            "There is no Supabase key.",
            f"Set one of {', '.join(f'`{name}`' for name in KEY_VARIABLES)} in the environment, or pass `key=`.",
        )
    if not found_key.isascii() or any(character.isspace() for character in found_key.strip()):
        raise CredentialsError("The Supabase key holds spaces or odd characters.", "Copy it again.")
    endpoint = checked_endpoint(found_url, _text("realtime_url", realtime_url), insecure=insecure)
    fetch = _token_source(access_token) or (session.fetch if session else None)
    return Credentials(endpoint, Secret(found_key.strip()), fetch)


def _key_in(variables: Mapping[str, str]) -> str | None:
    return next((variables[name] for name in KEY_VARIABLES if variables.get(name)), None)


def _text(argument: str, value: object) -> str | None:
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise CredentialsError(f"{argument} must be a text that is not empty.")
    return value


def _token_source(access_token: object) -> TokenSource | None:
    if access_token is None:
        return None
    if isinstance(access_token, str):
        if not access_token.strip():
            raise CredentialsError("access_token is empty.", "Leave it out to read with the key.")
        return fixed(Secret(access_token.strip()))
    if callable(access_token):
        return called(access_token)
    raise CredentialsError("access_token must be a text, or a function that returns one.")


def _session_of(client: object) -> ClientSession:
    parts = [getattr(client, name, None) for name in ("supabase_url", "supabase_key", "auth")]
    if any(part is None for part in parts) or not hasattr(parts[2], "get_session"):
        raise CredentialsError(
            f"client is a {type(client).__name__}, not a Supabase client.",
            "Make one with `supabase.create_client(url, key)`.",
        )
    return ClientSession(parts[2], url=str(parts[0]), key=str(parts[1]))
