"""The API's own description: closed is no trouble, and a trouble that passes is no closed one."""

from __future__ import annotations

import pytest

from rtwidget.errors import ErrorKind, IdentityChangedError, SourceError
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
