"""Whatever the REST API answers is rows, nothing, or a typed error; and headers and tokens name moments that exist."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rtwidget.abc import TableQuery
from rtwidget.errors import SourceError
from rtwidget.sources.postgres.catalog.catalog import read_table
from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from rtwidget.sources.supabase.errors import (
    MOST_RETRY_AFTER_S,
    missing_column,
    number_of,
    rest_error,
)
from rtwidget.sources.supabase.rest.catalog import read_catalog
from rtwidget.sources.supabase.rest.row_decoder import RowDecoder
from rtwidget.sources.values.json_cells import decode_rows
from tests.property.hostile.json_text import LITERALS, damaged, json_texts, object_text, objects

ROWS = st.lists(
    objects({"id": ["1", "2"], "name": ['"ada"'], "x": LITERALS}), min_size=1, max_size=4
).map(lambda rows: f"[{','.join(rows)}]")


@given(st.lists(damaged(ROWS | json_texts) | st.binary(), min_size=1, max_size=4))
@example([b'[{"id":1,"id":2}]', b'[{"id":1}]'])
@example([b'[{"id":1,"n":2}]', b'[{"id":1,"n":2},{"n":2,"id":1}]'])
@example([b'[{"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}]"])
def test_rows(bodies: list[bytes]) -> None:
    decoder = RowDecoder(learn_bytes=0)
    for body in bodies:
        try:
            columns, rows = decoder.rows(body)
        except SourceError:
            with pytest.raises(SourceError):
                decode_rows(body)
            continue
        assert (columns, rows) == decode_rows(body)
        assert all(len(row) == len(columns) for row in rows)


def test_more_columns_than_any_table_has_are_refused() -> None:
    members = {f"column_{number}": "1" for number in range(1_665)}
    with pytest.raises(SourceError, match="1665 columns"):
        decode_rows(f"[{object_text(members)}]".encode())


DESCRIPTIONS = objects(
    {
        "definitions": [
            '{"t":{"properties":{"id":{"format":"bigint","description":"<pk/>"}}}}',
            '{"t":{"properties":{"id":{"format":"((((","description":null}}}}',
            '{"t":{}}',
        ]
    }
)


@given(damaged(DESCRIPTIONS | json_texts) | st.binary())
def test_descriptions(body: bytes) -> None:
    catalog = read_catalog(body, "t")
    assert catalog is None or set(catalog.key) <= set(catalog.types)


TABLES = objects(
    {
        "oid": ["1"],
        "kind": ['"r"'],
        "role": ['"web"'],
        "owner": ['"ada"'],
        "columns": ['[{"name":"id","type":"int8","schema":"pg_catalog"}]'],
        "keys": ['[["id"]]'],
        "triggers": ["[]"],
    }
)


@given(damaged(TABLES | json_texts) | st.binary())
def test_postgres_catalogs(body: bytes) -> None:
    try:
        table = read_table(body)
    except SourceError:
        return
    assert table is not None


ERRORS = objects(
    {
        "code": ['"42501"', '"PGRST301"', '"22P02"', '"{0}"'],
        "message": ['"column t.x does not exist"', '"{relation} {0} %s"'],
        "hint": ["null"],
        "error": ['"x"'],
    }
)


@given(
    st.integers(100, 999), damaged(ERRORS | json_texts) | st.binary(), st.none() | st.text() | ROWS
)
def test_refusals(status: int, body: bytes, retry_after: str | None) -> None:
    headers = {} if retry_after is None else {"retry-after": retry_after, "location": retry_after}
    error = rest_error(status, headers, body, TableQuery("public", "{x}"), "x" * 5_000)
    assert error.message
    assert len(error.message) + len(error.hint) < 2_000
    missing_column(error.message)


@given(
    st.text("0123456789", min_size=1, max_size=5_000)
    | st.sampled_from(["9" * 5_000, "٣", "²", "1e400", "inf"])
)
def test_no_server_silences_a_table_for_good(header: str) -> None:
    error = rest_error(503, {"retry-after": header}, b"", TableQuery("public", "t"))
    assert error.retry_after_s is None or 0 <= error.retry_after_s <= MOST_RETRY_AFTER_S
    total = number_of(header)
    assert total is None or 0 <= total < 10**18


CLAIMS = objects({"sub": ['"ada"'], "exp": [*LITERALS, "1767225600", "1767225600000"]})


@given(damaged(CLAIMS | json_texts))
@example(object_text({"exp": "9" * 400}).encode())
def test_tokens(body: bytes) -> None:
    payload = base64.urlsafe_b64encode(body).decode()
    token = token_of(Secret(f"a.{payload}.c"))
    assert token.identity
    if token.expires_at is not None:
        datetime.fromtimestamp(abs(token.expires_at) - 1, UTC)
