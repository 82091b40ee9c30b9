"""Half of a character in one json value: legal JSON that no decoder takes, and no reason to lose a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtwidget.errors import SourceError
from rtwidget.replica.keys import JsonText
from rtwidget.sources.cells import decode_rows
from rtwidget.sources.half_characters import marked, unmarked

PIECES = st.sampled_from(
    [
        b"\\ud800",
        b"\\udc00",
        b"\\ud83d\\ude00",
        b"\\\\",
        b"\\\\ud800",
        b"x",
        b"\\n",
        b"\\uDBFF",
        b"\\u00e9",
    ]
)


@pytest.mark.parametrize(
    "value", [rb'"\ud800"', rb'["\ud800"]', rb'["\udc00\ud83d\ude00"]', rb'{"\\ud800": "\uDFFF"}']
)
def test_the_value_keeps_its_text(value: bytes) -> None:
    names, rows = decode_rows(b'[{"a":' + value + b',"b":1}]')
    assert names == ("a", "b")
    assert rows == [(value.decode(), 1)]
    assert isinstance(rows[0][0], JsonText)


@given(st.lists(PIECES, max_size=8))
def test_whatever_stands_around_it(pieces: list[bytes]) -> None:
    value = b'["' + b"".join(pieces) + b'"]'
    assert decode_rows(b'[{"a":' + value + b"}]")[1] == [(value.decode(),)]
    found = marked(value)
    assert found is None or unmarked(found) == value


def test_without_a_free_mark_it_is_refused() -> None:
    with pytest.raises(SourceError):
        decode_rows(rb'[{"a":["\ufdd0\ud800"]}]')
