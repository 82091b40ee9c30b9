"""Requests: signed at the last moment, answered within bounds, refused without a secret in sight."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from rtwidget.errors import ErrorKind, ReadTooLargeError, SourceError, UnreachableError
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.endpoint import checked_endpoint
from rtwidget.sources.supabase.http import client_pool, transport
from rtwidget.sources.supabase.http.transport import Reply, Transport

ENDPOINT = checked_endpoint("http://localhost:54321", None, insecure=False)
Answer = Callable[[httpx.Request], httpx.Response]


class Stream(httpx.AsyncByteStream):
    """A body in parts, that breaks off with an error where there is one."""

    def __init__(self, *parts: bytes, error: Exception | None = None) -> None:
        self._parts, self._error = parts, error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part
        if self._error is not None:
            raise self._error


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """What the server does with each request, the last one for ever."""
    answers: list[Answer] = []

    def answer(request: httpx.Request) -> httpx.Response:
        return (answers.pop(0) if len(answers) > 1 else answers[0])(request)

    def make(*_: object) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(answer))

    monkeypatch.setattr(client_pool, "http_client", make)
    return answers


async def sent(one: Transport | None = None, timeout_s: float = 60.0) -> Reply:
    one = one or Transport(ENDPOINT, Secret("hidden"))
    return await one.send(
        "GET", "t?limit=1", Secret("a.b.hidden"), headers={"x": "y"}, timeout_s=timeout_s
    )


def failing(error: Exception) -> Answer:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    return fail


async def test_a_request_goes_to_the_api_with_key_and_token(server: list[Answer]) -> None:
    def look(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == "http://localhost:54321/rest/v1/t?limit=1"
        names = ("x", "apikey", "authorization")
        assert [request.headers[name] for name in names] == ["y", "hidden", "Bearer a.b.hidden"]
        return httpx.Response(418, headers={"A": "b"}, stream=Stream(b"[1", b"]"))

    server.append(look)
    reply = await sent()
    assert (reply.status, reply.body, reply.wire_bytes) == (418, b"[1]", 3)
    assert reply.headers["a"] == "b"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx.ReadTimeout("hidden"), "took too long"),
        (httpx.ConnectError("hidden"), "ConnectError"),
        (ConnectionRefusedError("hidden"), "refused"),
    ],
)
async def test_no_answer_is_one_error_that_holds_no_secret(
    server: list[Answer], error: Exception, said: str
) -> None:
    server.append(failing(error))
    with pytest.raises(UnreachableError, match=said) as caught:
        await sent()
    assert (caught.value.__context__, "hidden" in str(caught.value)) == (None, False)


async def test_an_answer_that_trickles_in_is_given_up_after_the_whole_time(
    server: list[Answer],
) -> None:
    class Trickling(Stream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for _ in range(10_000):
                yield b" "
                await asyncio.sleep(0)

    server.append(lambda _: httpx.Response(200, stream=Trickling()))
    with pytest.raises(UnreachableError, match="took too long"):
        await sent(timeout_s=0)


async def test_an_answer_that_broke_off_or_is_too_big_is_asked_for_in_smaller_parts(
    server: list[Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MOST_ANSWER_BYTES", 4)
    broken = Stream(b"[", error=httpx.RemoteProtocolError("incomplete"))
    server += [
        lambda _: httpx.Response(200, stream=broken),
        lambda _: httpx.Response(200, stream=Stream(b"1234", b"5")),
        lambda _: httpx.Response(200, stream=Stream(b"1234")),
    ]
    with pytest.raises(ReadTooLargeError, match="broke off"):
        await sent()
    with pytest.raises(ReadTooLargeError, match="over"):
        await sent()
    assert (await sent()).body == b"1234"


async def test_an_answer_in_two_compressions_is_not_unpacked(server: list[Answer]) -> None:
    server.append(
        lambda _: httpx.Response(
            200, headers={"content-encoding": "gzip, gzip"}, stream=Stream(b"no gzip")
        )
    )
    with pytest.raises(SourceError, match="compressed its answer twice"):
        await sent()


async def test_a_wrong_certificate_passes_once_the_server_had_a_right_one(
    server: list[Answer],
) -> None:
    wrong = ssl.SSLCertVerificationError(1, "wrong")
    wrong.verify_code, wrong.verify_message = 20, "unable to get local issuer certificate"
    refused = failing(wrong)
    server += [refused, lambda _: httpx.Response(200, stream=Stream(b"[]")), refused]
    one, kinds = Transport(ENDPOINT, Secret("hidden")), list[ErrorKind]()
    for _ in range(3):
        try:
            await sent(one)
        except SourceError as error:
            kinds.append(error.kind)
    assert kinds == [ErrorKind.NEEDS_USER, ErrorKind.TRANSIENT]


async def test_a_closed_one_sends_nothing_and_the_last_one_closes_the_connections(
    server: list[Answer],
) -> None:
    server.append(lambda _: httpx.Response(200, stream=Stream(b"[]")))
    one, other = Transport(ENDPOINT, Secret("hidden")), Transport(ENDPOINT, Secret("other"))
    await sent(one)
    await sent(other)
    await one.aclose()
    with pytest.raises(UnreachableError, match="the table was closed here"):
        await sent(one)
    assert (await sent(other)).status == 200
    pool = other._pool()
    await other.aclose()
    assert (pool._closed, pool._idle) == (True, [])
