"""Keys and tokens at the REST gateway."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx
import jwt
import pytest

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Rest


@pytest.fixture
def thing(backend: LocalBackend) -> LocalBackend:
    backend.sql("create table thing(id int)")
    return backend


def test_no_key(thing: LocalBackend) -> None:
    answer = httpx.get(f"{thing.url}/rest/v1/thing")
    assert answer.status_code == 401
    assert answer.json()["message"] == "No API key found in request"


def test_foreign_key(thing: LocalBackend, rest: Rest) -> None:
    answer = rest("thing", apikey="sb_publishable_x")
    assert (answer.status_code, answer.json()["message"]) == (401, "Invalid API key")


def test_a_bearer_token_is_no_key(thing: LocalBackend, rest: Rest) -> None:
    headers = {"Authorization": f"Bearer {thing.anon_key}"}
    alone = httpx.get(f"{thing.url}/rest/v1/thing", headers=headers)
    assert (alone.status_code, alone.json()["message"]) == (401, "No API key found in request")
    users = rest("thing", apikey=thing.token())
    assert (users.status_code, users.json()["message"]) == (401, "Invalid API key")


def signed(backend: LocalBackend, claims: dict[str, object], algorithm: str = "HS256") -> str:
    return jwt.encode(claims, backend._secret, algorithm=algorithm)


def test_tokens_need_neither_role_nor_end(thing: LocalBackend, rest: Rest) -> None:
    thing.sql("create view me as select current_user::text as role")
    as_user: dict[str, object] = {"role": "authenticated"}
    for claims, role in (({}, "anon"), (as_user, "authenticated")):
        answer = rest("me", Authorization=f"Bearer {signed(thing, claims)}")
        assert answer.json() == [{"role": role}]
    other = signed(thing, as_user, "HS512")
    assert rest("me", Authorization=f"Bearer {other}").status_code == 200


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ({"iat": time.time() + 300}, "JWT issued at future"),
        ({"nbf": time.time() + 300}, "JWT not yet valid"),
        ({"exp": "soon"}, "The JWT 'exp' claim must be a number"),
        ({"exp": 1}, "JWT expired"),
        ({"aud": 0}, "The JWT 'aud' claim must be a string or an array of strings"),
    ],
)
def test_claims_that_postgrest_refuses(
    thing: LocalBackend, rest: Rest, claims: dict[str, object], message: str
) -> None:
    token = signed(thing, {"role": "anon", **claims})
    refused = rest("thing", Authorization=f"Bearer {token}")
    assert (refused.status_code, refused.json()["code"]) == (401, "PGRST303")
    assert refused.json()["message"] == message
    assert refused.headers["WWW-Authenticate"] == (
        f'Bearer error="invalid_token", error_description="{message}"'
    )


def test_expired_token_after_the_leeway(thing: LocalBackend, rest: Rest) -> None:
    forgiven = rest("thing", Authorization=f"Bearer {thing.token(ttl_s=-5)}")
    assert forgiven.status_code == 200
    late = rest("thing", Authorization=f"Bearer {thing.token(ttl_s=-60)}")
    assert (late.status_code, late.json()["code"]) == (401, "PGRST303")


def test_token_that_is_none(thing: LocalBackend, rest: Rest) -> None:
    answer = rest("thing", Authorization="Bearer abc")
    assert (answer.status_code, answer.json()["code"]) == (401, "PGRST301")


@pytest.mark.parametrize("header", ["Bearer", "bearer"])
def test_an_empty_token_is_refused(thing: LocalBackend, rest: Rest, header: str) -> None:
    answer = rest("thing", Authorization=header)
    assert (answer.status_code, answer.json()["code"]) == (401, "PGRST301")
    assert answer.json()["message"] == "Empty JWT is sent in Authorization header"


@pytest.mark.parametrize("scheme", ["Basic ", ""])
def test_another_scheme_than_bearer_is_nobody(thing: LocalBackend, rest: Rest, scheme: str) -> None:
    thing.sql("revoke all on thing from anon")
    key = thing.service_key
    assert rest("thing", apikey=key).status_code == 200
    assert rest("thing", apikey=key, Authorization=scheme + key).status_code == 401


def test_role_that_is_unknown_or_not_to_be_had(thing: LocalBackend, rest: Rest) -> None:
    unknown = rest("thing", Authorization=f"Bearer {thing.token('nobody')}")
    assert unknown.status_code == 401
    superuser = rest("thing", Authorization=f"Bearer {thing.token('postgres')}")
    assert superuser.status_code == 403


def test_requests_are_read_only(thing: LocalBackend, rest: Rest) -> None:
    thing.sql(
        "create function grow() returns int language sql as"
        " 'insert into thing values (1) returning id';"
        "create view growing as select grow()"
    )
    answer = rest("growing", Authorization=f"Bearer {thing.service_key}")
    assert (answer.status_code, answer.json()["code"]) == (405, "25006")
    assert thing.sql("select count(*) from thing") == [(0,)]
