"""Requests over the project's connections: secrets added at the last moment, answers bounded, failures without an address."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

import httpx

from rtwidget.errors import ErrorKind, ReadTooLargeError, SourceError
from rtwidget.sources.connections.quiet_loggers import unlogged
from rtwidget.sources.connections.shared_resource import Share
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.endpoint import Endpoint
from rtwidget.sources.supabase.gateway.certificates import connection_error, unreachable
from rtwidget.sources.supabase.http.authorization import Authorization
from rtwidget.sources.supabase.http.client_pool import CONNECT_S, ClientPool, shared_pool

MOST_ANSWER_BYTES: Final = 256 * 2**20
"""A page is to have 2 MB; wide rows may make a first one of 1,000 rows much bigger, but then fewer are asked for."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Args:
        status: The HTTP status.
        headers: Its headers, by names of any case.
        body: The body, without any compression.
        wire_bytes: The body's size on the wire in bytes.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    wire_bytes: int


class Transport:
    """Sends requests over the connections that all tables of the project share (loop thread only).

    Args:
        endpoint: The project's addresses.
        key: The project's key.
    """

    def __init__(self, endpoint: Endpoint, key: Secret) -> None:
        self._endpoint = endpoint
        self._key = key
        self._share: Share[ClientPool] | None = None
        self._closed = False

    async def send(
        self,
        method: str,
        path: str,
        token: Secret,
        *,
        headers: Mapping[str, str],
        body: bytes | None = None,
        timeout_s: float,
    ) -> Reply:
        """Return the answer to a request, whatever its status is.

        Args:
            method: The HTTP method.
            path: What comes after the API's root, encoded.
            token: As whom to ask.
            headers: More headers.
            body: What is sent along.
            timeout_s: How long to wait for the whole answer, in seconds.

        Raises:
            SourceError: When nothing answers, or the answer has no bounds.
        """
        # A host that does not answer is known after 10 s, a slow statement only after a minute.
        timeout = httpx.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s))
        reply: Reply | SourceError
        try:
            # httpx limits the silence between two parts of an answer, but not how many parts there are.
            async with self._pool().lent() as client, asyncio.timeout(timeout_s):
                request = client.build_request(
                    method,
                    self._endpoint.rest + path,
                    headers=headers,
                    content=body,
                    timeout=timeout,
                )
                reply = await _attempt(request, client, Authorization(self._key, token))
                self._pool().worked = True
        except (TimeoutError, httpx.TimeoutException):
            reply = unreachable(self._endpoint.host, "it took too long")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            worked = self._share is not None and self._share.thing.worked
            reply = connection_error(self._endpoint.host, error, worked=worked)
        # Raised here, outside of any handler, so that no frame or context holds the secrets.
        if isinstance(reply, SourceError):
            raise reply
        return reply

    async def aclose(self) -> None:
        """Leave the project's connections; the last one closes them."""
        # First, so that a read that comes meanwhile opens no new pool.
        self._closed = True
        share, self._share = self._share, None
        if share is not None and share.leave():
            await share.thing.aclose()

    def _pool(self) -> ClientPool:
        if self._closed:
            raise unreachable(self._endpoint.host, "the table was closed here")
        if self._share is None:
            try:
                # Only once there is something to read, because the first one reads the certificates.
                self._share = shared_pool(self._endpoint)
            except OSError:
                raise SourceError(
                    "The certificates that `SSL_CERT_FILE` or `SSL_CERT_DIR` names cannot be read.",
                    "Set it to a file in PEM format, or unset it.",
                    kind=ErrorKind.NEEDS_USER,
                ) from None
        return self._share.thing


async def _attempt(
    request: httpx.Request, client: httpx.AsyncClient, auth: httpx.Auth
) -> Reply | SourceError:
    with unlogged("httpx"):
        response = await client.send(request, auth=auth, stream=True)
        try:
            return await _read(response)
        except (httpx.NetworkError, httpx.RemoteProtocolError):
            # It did answer, so what is in the way is the rest of this answer.
            return ReadTooLargeError(
                "The server's answer broke off.", "It is asked for in smaller parts."
            )
        finally:
            await response.aclose()


async def _read(response: httpx.Response) -> Reply | SourceError:
    """Return an answer, or an error as soon as it is bigger than any that makes sense."""
    # One compression inside of another makes gigabytes of a few bytes before they can be counted.
    if "," in response.headers.get("content-encoding", ""):
        return SourceError("The server compressed its answer twice.", "It is tried again.")
    body = bytearray()
    # It is a generator, which httpx does not say.
    async with aclosing(response.aiter_bytes()) as chunks:  # type: ignore[type-var]
        async for chunk in chunks:
            body += chunk
            if len(body) > MOST_ANSWER_BYTES:
                return ReadTooLargeError(
                    f"The server's answer is over {MOST_ANSWER_BYTES // 2**20} MiB.",
                    "Ask for fewer or narrower `columns=`; it is tried again with fewer rows.",
                )
    return Reply(response.status_code, response.headers, bytes(body), response.num_bytes_downloaded)
