"""The API's own description: closed is no trouble, and a trouble that passes is no closed one."""

from __future__ import annotations

import pytest

from rtwidget.errors import ErrorKind, IdentityChangedError, KeyNotUniqueError, SourceError
from rtwidget.local import LocalBackend

from .conftest import Open


@pytest.mark.parametrize("status", [408, 429, 500, 503])
async def test_no_key_is_guessed_while_the_description_fails(
    backend: LocalBackend, opened: Open, status: int
) -> None:
    backend.sql("create table pairs(a int, b int, id int, primary key (a, b))")
    source = await opened("pairs", key=backend.service_key)
    backend.faults.rest_status(status)
    with pytest.raises(SourceError) as caught:
        await source.describe()
    assert caught.value.kind is ErrorKind.TRANSIENT
    assert (await source.describe()).key == ("a", "b")


@pytest.mark.parametrize(
    ("status", "code"), [(401, None), (403, None), (403, "42501"), (404, "PGRST126"), (405, None)]
)
async def test_a_closed_description_leaves_the_key_to_be_guessed(
    backend: LocalBackend, opened: Open, status: int, code: str | None
) -> None:
    source = await opened(key=backend.service_key)
    backend.faults.rest_status(status, code=code or "closed")
    assert (await source.describe()).key == ("id",)


async def test_a_token_refused_at_the_description_is_renewed(
    backend: LocalBackend, opened: Open
) -> None:
    backend.sql("create table pairs(a int, b int, id int, primary key (a, b))")
    given: list[str] = []

    def fresh() -> str:
        given.append(backend.token("service_role", "ada", ttl_s=1000 + len(given)))
        return given[-1]

    source = await opened("pairs", access_token=fresh)
    backend.faults.rest_status(401, code="PGRST303")
    assert (await source.describe()).key == ("a", "b")
    assert len(given) == 2


async def test_somebody_elses_token_is_told_by_the_description(
    backend: LocalBackend, opened: Open
) -> None:
    subs = iter(["ada", "bob"])
    source = await opened(access_token=lambda: backend.token("authenticated", next(subs)))
    backend.faults.rest_status(401, code="PGRST303")
    with pytest.raises(IdentityChangedError):
        await source.describe()


@pytest.mark.parametrize(
    ("key_type", "value", "types", "works"),
    [
        ("int[]", "array[1, 2]", {"k": "int[]"}, True),
        ("text[]", "array['a,b', null]", {"k": "text[]"}, True),
        ("int[]", "array[1, 2]", None, False),
        ("jsonb", "'[1, 2]'", None, True),
        ("jsonb", "'\"5\"'", None, True),
        ("jsonb", "to_jsonb('a,\"b'::text)", None, True),
        ("jsonb", "'\"5\"'", {"k": "jsonb"}, True),
        ("text", "'5'", None, True),
        ("text", "'\"5\"'", None, True),
        ("pair", "row(1, 'b')::pair", None, False),
    ],
)
async def test_a_key_that_json_does_not_tell_is_asked_back_before_it_is_used(
    backend: LocalBackend,
    opened: Open,
    *,
    key_type: str,
    value: str,
    types: dict[str, str] | None,
    works: bool,
) -> None:
    backend.sql("create type pair as (a int, b text)")
    backend.sql(f"create table shapes (k {key_type} primary key, n int)")
    try:
        backend.sql(f"insert into shapes values ({value}, 1)")
        source = await opened("shapes", primary_key="k", types=types)
        if works:
            assert (await source.describe()).key == ("k",)
            (key,) = [row[:1] for row in (await source.read_page(None, None, 5)).rows]
            assert len((await source.read_keys([key])).rows) == 1
            assert (await source.read_page(key, None, 5)).rows == []
        else:
            with pytest.raises(
                KeyNotUniqueError, match="shown as JSON that its type does not read"
            ):
                await source.describe()
    finally:
        backend.sql("drop table shapes; drop type pair")
