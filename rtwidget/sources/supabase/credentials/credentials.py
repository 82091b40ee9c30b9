"""Where URL, key and token come from: arguments, the environment, or a supabase-py client."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from rtwidget.errors import CredentialsError
from rtwidget.sources.secret import Secret, veiled
from rtwidget.sources.supabase.credentials.client_session import ClientSession
from rtwidget.sources.supabase.credentials.pasted import foreign_key, key_mistake, url_mistake
from rtwidget.sources.supabase.endpoint import Endpoint, checked_endpoint
from rtwidget.sources.supabase.tokens.token_sources import FixedToken, TokenSource, called

URL_VARIABLE = "SUPABASE_URL"
KEY_VARIABLES = ("SUPABASE_KEY", "SUPABASE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY")

Key: TypeAlias = str | Secret
AccessToken: TypeAlias = (
    str | Secret | Callable[[], str | None] | Callable[[], Awaitable[str | None]]
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Where to go and as whom.

    Args:
        endpoint: The project's addresses.
        key: The project's API key.
        fetch: Asks for the access token; None when the key alone says who reads.
        session: Where `fetch` asks, if it is a client's session.
    """

    endpoint: Endpoint
    key: Secret
    fetch: TokenSource | None
    session: ClientSession | None = None

    def for_one_table(self) -> Credentials:
        """Return them for one of several tables: which token a client gave last is each table's own matter."""
        if self.session is None:
            return self
        session = self.session.for_one_table()
        return replace(self, session=session, fetch=session.fetch)


def find_credentials(
    *,
    url: Key | None,
    key: Key | None,
    access_token: AccessToken | None,
    client: object | None,
    realtime_url: Key | None,
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
    session = None if client is None else _session_of(client)
    # A key or a password may have been pasted here too.
    found_url = _url("url", url) or (_url("url", session.url) if session else _url_in(environment))
    # Only as a Secret may it stand in a variable: some tracebacks show those.
    found_key = hidden("key", key) or hidden(
        "key", session.key if session else _key_in(environment)
    )
    if found_url is None:
        raise CredentialsError(
            "There is no Supabase URL.",
            f"Set `{URL_VARIABLE}` in the environment, or pass `url=`, as in `https://<ref>.supabase.co`.",
        )
    if found_key is None:
        raise CredentialsError(
            "There is no Supabase key.",
            f"Set one of {', '.join(f'`{name}`' for name in KEY_VARIABLES)} in the environment, or pass `key=`.",
        )
    socket = hidden("realtime_url", realtime_url)
    endpoint = checked_endpoint(found_url.reveal(), socket, insecure=insecure)
    foreign = foreign_key(endpoint.url, found_key)
    if foreign is not None:
        raise CredentialsError(*foreign)
    fetch = _token_source(access_token)
    if fetch is None and session is not None:
        return Credentials(endpoint, found_key, session.fetch, session)
    return Credentials(endpoint, found_key, fetch)


def hidden(argument: str, value: object) -> Secret | None:
    """Return a key or token as something that cannot be shown by accident (any thread).

    Raises:
        CredentialsError: When it is no text, empty, or of a shape that no key has.
    """
    secret = veiled(value)
    if secret is None:
        return None
    if not isinstance(secret, Secret) or not secret.reveal().strip():
        raise CredentialsError(f"{argument} must be a text that is not empty.")
    mistake = None if argument == "realtime_url" else key_mistake(argument, secret)
    if mistake is not None:
        raise CredentialsError(*mistake)
    if not secret.reveal().isascii() or len(secret.reveal().split()) > 1:
        raise CredentialsError(f"{argument} holds spaces or odd characters.", "Copy it again.")
    return Secret(secret.reveal().strip())


def _variable(environment: Mapping[str, str] | None, name: str) -> str | None:
    return (os.environ if environment is None else environment).get(name)


def _key_in(environment: Mapping[str, str] | None) -> Secret | None:
    found = (hidden(name, _variable(environment, name) or None) for name in KEY_VARIABLES)
    return next((key for key in found if key is not None), None)


def _url(name: str, value: object) -> Secret | None:
    secret = veiled(value)
    if secret is None:
        return None
    if not isinstance(secret, Secret) or not secret.reveal().strip():
        raise CredentialsError(f"{name} must be a text that is not empty.")
    mistake = url_mistake(name, secret)
    if mistake is not None:
        raise CredentialsError(*mistake)
    return secret


def _url_in(environment: Mapping[str, str] | None) -> Secret | None:
    return _url(URL_VARIABLE, _variable(environment, URL_VARIABLE) or None)


def _token_source(access_token: object) -> TokenSource | None:
    if callable(access_token):
        return called(access_token)
    token = hidden("access_token", access_token)
    return None if token is None else FixedToken(token)


def _session_of(client: object) -> ClientSession:
    parts = [getattr(client, name, None) for name in ("supabase_url", "supabase_key", "auth")]
    if any(part is None for part in parts) or not hasattr(parts[2], "get_session"):
        raise CredentialsError(
            f"client is a {type(client).__name__}, not a Supabase client.",
            "Make one with `supabase.create_client(url, key)`.",
        )
    return ClientSession(parts[2], url=str(parts[0]), key=str(parts[1]))
