"""What `scripts.fuzz` throws bytes at: each decoder of what comes from outside, and an example of what it is for."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import msgspec

from rtwidget.abc import TableQuery
from rtwidget.errors import SourceError
from rtwidget.sources.postgres.listen.payload import PayloadReader
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from rtwidget.sources.supabase.errors import rest_error
from rtwidget.sources.supabase.realtime.channel import Channel
from rtwidget.sources.supabase.rest.description.catalog import read_catalog
from rtwidget.sources.supabase.rest.row_decoder import RowDecoder
from rtwidget.view.messages.browser_messages import parse
from rtwidget.view.messages.refusal_message import refusal


def frames(data: bytes) -> None:
    """Lines are frames of one connection."""
    channel = Channel("public", "t", ("id",), "realtime:x", 0.0)
    # Our own errors are the right answer to nonsense; any other exception is what is looked for.
    with suppress(SourceError):
        for line in data.split(b"\n"):
            channel.receive(line, 1.0)


def answers(data: bytes) -> None:
    """Lines are answers to reads, refusals and descriptions."""
    # Learns from the first answer on: inputs are too short to count as big answers, which are decoded otherwise.
    decoder = RowDecoder(learn_bytes=0)
    for line in data.split(b"\n"):
        with suppress(SourceError):
            decoder.rows(line)
        rest_error(400, {}, line, TableQuery("public", "t"))
        read_catalog(line, "t")


def payloads(data: bytes) -> None:
    """Everything is one payload."""
    text = data.decode("utf-8", "surrogateescape")
    for types in (("int8", "text"), ("uuid", "numeric")):
        PayloadReader(("id", "name"), types).read(text)


def messages(data: bytes) -> None:
    """Everything is one message of the browser, as Jupyter's JSON gives it."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        # Jupyter would have thrown it away before it came to us.
        return
    try:
        parse(content)
    except (msgspec.ValidationError, UnicodeError) as error:
        refusal(content, error)


def tokens(data: bytes) -> None:
    """Everything is one token."""
    token_of(Secret(data.decode("utf-8", "replace")))


TARGETS: dict[str, tuple[Callable[[bytes], None], str]] = {
    "frames": (
        frames,
        (
            '[null,null,"realtime:x","postgres_changes",{"data":{"schema":"public","table":"t","type":"UPDATE",'
            '"columns":[{"name":"id","type":"int8"}],"record":{"id":7},"old_record":{"id":6},'
            '"commit_timestamp":"2026-11-22T18:04:47Z"}}]\n'
            '["1","1","realtime:x","phx_reply",{"status":"ok","response":{}}]\n'
            '["1",null,"realtime:x","system",{"status":"ok","extension":"postgres_changes","message":"x"}]'
        ),
    ),
    "answers": (
        answers,
        (
            '[{"id":1,"x":{"a":[1.50]}}]\n[{"id":2,"x":null}]\n{"code":"42703","message":"column t.x does not exist"}\n'
            '{"definitions":{"t":{"properties":{"id":{"format":"bigint","description":"<pk/>"}}}}}'
        ),
    ),
    "payloads": (payloads, '{"columns":["id","name"],"keys":[[1,"x"],[2,"y"]],"everything":false}'),
    "messages": (
        messages,
        (
            '{"kind":"query","view":"v","id":1,"first":0,"count":5,"anchor":{"key":"1","place":2},"search":"x",'
            '"sort":[{"column":"n","descending":true}],"filters":[{"column":"n","test":"one_of","values":["1",null]}]}'
        ),
    ),
    "tokens": (tokens, "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiIsImV4cCI6OTk5OX0.Zm9yZ2Vk"),
}
