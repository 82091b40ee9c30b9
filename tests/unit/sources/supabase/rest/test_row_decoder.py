"""Rows decoded by columns that are known."""

from __future__ import annotations

import pytest

from rtwidget.errors import SourceError
from rtwidget.sources.supabase.rest.row_decoder import RowDecoder


@pytest.mark.parametrize("value", [b'"\x80"', b'{"a":"\x80"}', b'["\x80"]'])
def test_a_text_that_is_none_is_no_row_whether_or_not_columns_are_known(value: bytes) -> None:
    body = b'[{"id":1,"x":' + value + b"}]"
    learned = RowDecoder(learn_bytes=0)
    learned.rows(b'[{"id":1,"x":{"a":1}}]')
    for decoder in (RowDecoder(), learned):
        with pytest.raises(SourceError, match="no list of rows"):
            decoder.rows(body)
