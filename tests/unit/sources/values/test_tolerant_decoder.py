"""Rows with a value that is too much for the decoder: each keeps its text, and none costs another row."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.errors import ErrorKind, SourceError
from rtwidget.replica.keys import JsonText
from rtwidget.sources.supabase.rest.row_decoder import RowDecoder
from rtwidget.sources.values.json_cells import cell_of, decode_rows
from rtwidget.sources.values.tolerant_decoder import BrokenJsonError, careful_rows, compact

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
HALVES = st.sampled_from(
    [b"\\ud800", b"\\udc00", b"\\ud83d\\ude00", b"\\\\", b"\\\\ud800", b"x", b"\\n", b"\\u00e9"]
)


def nested(depth: int, space: str = "") -> str:
    return f'{{"c":{space}[' * depth + "1" + f"]{space}}}" * depth


@pytest.mark.parametrize("depth", [400, 600, 1500, 50_000])
def test_a_value_of_any_depth_keeps_its_text_and_costs_no_other_row(depth: int) -> None:
    deep = nested(depth)
    body = f'[{{"id":1,"j":{{}}}},\n {{"id":2,"j":{deep}}}, {{"id":3,"j":"x"}}]'.encode()
    rows = [(1, "{}"), (2, deep), (3, "x")]
    assert decode_rows(body) == (("id", "j"), rows)
    learned = RowDecoder(learn_bytes=0)
    learned.rows(b'[{"id":1,"j":{"a":1}}]')
    assert learned.rows(body) == (("id", "j"), rows)
    assert type(decode_rows(body)[1][1][1]) is JsonText


def test_a_deep_value_of_several_lines_comes_on_one() -> None:
    assert cell_of(nested(2000, "\n ").encode()) == nested(2000)


@given(
    st.lists(st.dictionaries(st.text(), values, max_size=3), max_size=3), st.sampled_from([None, 2])
)
def test_rows_are_cut_as_the_decoder_cuts_them(
    rows: list[dict[str, Any]], indent: int | None
) -> None:
    body = json.dumps(rows, indent=indent).encode()
    known = msgspec.json.decode(body, type=list[dict[str, msgspec.Raw]])
    assert careful_rows(body) == [{name: bytes(raw) for name, raw in row.items()} for row in known]
    assert compact(body) == json.dumps(rows, separators=(",", ":")).encode()


@given(st.lists(HALVES, max_size=8))
def test_halves_of_characters_keep_their_text_whatever_stands_around_them(
    pieces: list[bytes],
) -> None:
    value = b'["' + b"".join(pieces) + b'"]'
    assert decode_rows(b'[{"a":' + value + b"}]")[1] == [(value.decode(),)]
    assert careful_rows(b'[{"a":' + value + b"}]") == [{"a": value}]


DEEP = "[" * 3000 + "]" * 3000


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html>",
        "{}",
        "[1]",
        "[1",
        "[{}",
        "[{},]",
        "[{}]]",
        "[{}}",
        '[{"a"}]',
        '[{"a":}]',
        '[{"a":1,}]',
        '[{"a":tru}]',
        f'[{{"a":{DEEP[:-1]}}}]',
        f'[{{"a":{DEEP}]}}]',
        f'[{{"a":{DEEP[:-1]}}}}}]',
        f'[{{"a":[{DEEP},]}}]',
        f'[{{"a":[{DEEP} 1]}}]',
        f'[{{"a":{{"b":{DEEP},}}}}]',
        f'[{{"\\ud800":{DEEP}}}]',
        f'[{{"a":{DEEP}}}',
    ],
)
def test_what_is_no_list_of_rows_is_refused(body: str) -> None:
    with pytest.raises(BrokenJsonError):
        careful_rows(body.encode())
    with pytest.raises(SourceError, match="no list of rows"):
        decode_rows(body.encode())


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (rb'"caf' + b"\xe9" + rb' \\ \n"', "caf\\xe9 \\ \n"),
        (b'"\xe9\\ud800"', '"\\xe9\\ud800"'),
        (b'{"a":"\xe9"}', '{"a":"\\xe9"}'),
        (b'{"a":\n"\xe9\\ud800"}', '{"a":"\\xe9\\ud800"}'),
    ],
)
def test_bytes_that_are_no_text_are_marked_where_any_may_come(raw: bytes, shown: str) -> None:
    body = b'[{"id":1,"t":' + raw + b"}]"
    assert decode_rows(body, ("id",))[1] == [(1, shown)]
    with pytest.raises(SourceError, match="no list of rows"):
        decode_rows(body)


def test_a_key_that_is_no_text_is_refused_by_name() -> None:
    body = b'[{"k":"a","t":"\xe9"},{"k":"caf\xe9","t":""}]'
    with pytest.raises(SourceError, match=r'"caf\\xe9".*no text.*filter=') as caught:
        decode_rows(body, ("k",))
    assert caught.value.kind is ErrorKind.NEEDS_USER
