"""The words of a refusal's body, whoever wrote it."""

from __future__ import annotations

import pytest

from rtwidget.sources.supabase.gateway.refusal_body import Said, said_in

PAGE = b"<!DOCTYPE html><title>522: Connection\n timed out</title>" + b"x" * 50_000


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"code":429,"message":"Too fast."}', Said("429", "Too fast", is_json=True)),
        (b'{"error":{"code":"b","message":"no"}}', Said("b", "no", is_json=True)),
        (b'{"error":"bad","error_description":"why"}', Said(None, "why", is_json=True)),
        (b'{"errors":[{"code":1003,"message":"direct"}]}', Said("1003", "direct", is_json=True)),
        (b'{"message":"m","hint":"do."}', Said(None, "m", "do", is_json=True)),
        (b'{"title":"Gone","status":451}', Said("451", "Gone", is_json=True)),
        (b'[{"message":"in a list"}]', Said(None, "in a list", is_json=True)),
        (b'{"message":5,"code":true}', Said(is_json=True)),
        (PAGE, Said(None, "522: Connection timed out", is_page=True)),
        (b"URI too long\n", Said(None, "URI too long")),
        (b"a\x1b[31mb\x00", Said(None, "a [31mb")),
        (b"x" * 50_000, Said()),
        (b"", Said()),
        (b"\xff\xfe", Said(None, "\ufffd\ufffd")),
    ],
)
def test_the_words_of_a_body(body: bytes, said: Said) -> None:
    assert said_in(body) == said
