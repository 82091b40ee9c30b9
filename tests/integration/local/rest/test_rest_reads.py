"""REST reads: exact values, pages, the silent cap, counts, filters, errors and row security."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Rest


@pytest.fixture
def people(backend: LocalBackend) -> LocalBackend:
    backend.sql(
        'create table people(id bigint primary key, name text, "odd name" text, age int,'
        " score float8, tags text[], boss boolean)"
    )
    backend.sql(
        "insert into people values"
        " (1, 'Ann', 'x', 30, 0.5, '{a,b}', true), (2, 'b,c', 'y', null, 1.5, '{}', false),"
        " (3, 'Önd', null, 30, 'NaN', null, null), (4, '100%', 'q\"t', 41, 2, '{c}', true)"
    )
    return backend


def ids(text: str) -> list[int]:
    return [row["id"] for row in json.loads(text)]


def test_values_keep_every_digit(backend: LocalBackend, rest: Rest) -> None:
    backend.sql(
        "create table exact(id bigint, n numeric, f float8, j json, b bytea, c char(4), t timestamptz)"
    )
    backend.sql(
        "insert into exact values (9223372036854775807, 12345678901234567890.1234567890, 'NaN',"
        " '{\"b\":1.10, \"a\":1}', '\\x00ff', 'ab', '2024-01-02 03:04:05.123456+02')"
    )
    assert rest("exact").text == (
        '[{"id":9223372036854775807,"n":12345678901234567890.1234567890,"f":"NaN",'
        '"j":{"b":1.10, "a":1},"b":"\\\\x00ff","c":"ab  ","t":"2024-01-02T01:04:05.123456+00:00"}]'
    )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("id=eq.2", [2]),
        ("id=neq.2", [1, 3, 4]),
        ("id=gt.1&id=lte.3", [2, 3]),
        ("id=in.(1,3)", [1, 3]),
        ("id=in.()", []),
        ('name=in.("b,c",Ann)', [1, 2]),
        ("name=like.*n*", [1, 3]),
        ("name=ilike.ö*", [3]),
        ("name=like.100%25", [4]),
        ("name=match.^A", [1]),
        ("age=is.null", [2]),
        ("age=not.is.null", [1, 3, 4]),
        ("boss=is.true", [1, 4]),
        ("age=not.eq.30", [4]),
        ("age=isdistinct.30", [2, 4]),
        ("score=eq.NaN", [3]),
        ("tags=cs.{a}", [1]),
        ("or=(id.eq.1,and(age.eq.30,boss.is.null))", [1, 3]),
        ('or=(name.eq."b,c",name.eq.Ann)', [1, 2]),
        ("not.or=(id.eq.1,id.in.(2,3))", [4]),
        ("and=(id.gt.1,not.and(id.gt.2,id.lt.4))", [2, 4]),
        ("id=gt.1&or=(age.is.null,age.gt.40)", [2, 4]),
        ('"odd name"=eq.x', [1]),
        ('or=("odd name".eq."q\\"t",id.eq.1)', [1, 4]),
    ],
)
def test_filters(people: LocalBackend, rest: Rest, filters: str, expected: list[int]) -> None:
    query = quote(filters, safe="=&%")
    assert ids(rest(f"people?select=id&order=id&{query}").text) == expected


def test_order_select_casts_and_aliases(people: LocalBackend, rest: Rest) -> None:
    assert ids(rest("people?order=age.desc.nullslast,id.desc").text) == [4, 3, 1, 2]
    assert ids(rest("people?order=age.asc.nullsfirst,id").text) == [2, 1, 3, 4]
    row = rest('people?select=key:id::text,"odd name",score::text&id=eq.3').text
    assert row == '[{"key":"3","odd name":null,"score":"NaN"}]'


def test_cap_is_silent_without_count_and_honest_with_it(people: LocalBackend, rest: Rest) -> None:
    people.settings.max_rows = 3
    silent = rest("people?order=id&limit=10")
    assert (silent.status_code, silent.headers["content-range"]) == (200, "0-2/*")
    counted = rest("people?order=id", Prefer="count=exact")
    assert (counted.status_code, counted.headers["content-range"]) == (206, "0-2/4")
    last = rest("people?order=id&offset=3", Prefer="count=exact")
    assert (last.status_code, last.headers["content-range"]) == (206, "3-3/4")


def test_pages_ranges_and_empty_answers(people: LocalBackend, rest: Rest) -> None:
    assert ids(rest("people?order=id&limit=2&offset=1").text) == [2, 3]
    ranged = rest("people?order=id", Range="1-2")
    assert (ids(ranged.text), ranged.headers["content-range"]) == ([2, 3], "1-2/*")
    empty = rest("people?id=gt.99", Prefer="count=exact")
    assert (empty.text, empty.headers["content-range"], empty.status_code) == ("[]", "*/0", 200)
    beyond = rest("people?offset=9", Prefer="count=exact")
    assert (beyond.status_code, beyond.json()["code"]) == (416, "PGRST103")
    head = rest("people", "HEAD", Prefer="count=exact")
    assert (head.text, head.headers["content-range"]) == ("", "0-3/4")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("nothing", 404, "PGRST205"),
        ("people?nothing=eq.1", 400, "42703"),
        ("people?select=nothing", 400, "42703"),
        ("people?id=eq.abc", 400, "22P02"),
        ("people?id=foo.1", 400, "PGRST100"),
        ("people?or=(id.eq.1", 400, "PGRST100"),
        ("people?age=is.maybe", 400, "PGRST100"),
        ("people?order=id.sideways", 400, "PGRST100"),
        ("people?select=id,boss(name)", 501, "LOCAL501"),
        ("people?select=count()", 400, "PGRST123"),
        ("people?boss.name=eq.1", 400, "PGRST108"),
        ("people?limit=-1", 416, "PGRST103"),
        ("rpc/f", 501, "LOCAL501"),
        ("people/1", 404, "PGRST125"),
        ("people_id_seq", 404, "PGRST205"),
        ("people_pkey", 404, "PGRST205"),
        ("people?name=eq.%00", 400, "22021"),
        ("%00", 400, "22021"),
        ("people?or=" + "(and" * 1200, 501, "LOCAL501"),
    ],
)
def test_errors(people: LocalBackend, rest: Rest, path: str, status: int, code: str) -> None:
    answer = rest(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "details", "hint", "message"}


def test_schema_that_is_not_exposed(people: LocalBackend, rest: Rest) -> None:
    answer = rest("people", Accept_Profile="auth")
    assert (answer.status_code, answer.json()["code"]) == (406, "PGRST106")


def test_statement_timeout(people: LocalBackend, rest: Rest) -> None:
    people.sql("create view slow as select pg_sleep(20)::text")
    people.settings.statement_timeout_s = 0.05
    answer = rest("slow")
    assert (answer.status_code, answer.json()["code"]) == (500, "57014")


def test_missing_grant_is_401_for_anon_and_403_for_others(people: LocalBackend, rest: Rest) -> None:
    people.sql("revoke select on people from anon, authenticated")
    assert rest("people").status_code == 401
    answer = rest("people", Authorization=f"Bearer {people.token()}")
    assert (answer.status_code, answer.json()["code"]) == (403, "42501")


def test_row_security_by_role_and_claims(people: LocalBackend, rest: Rest) -> None:
    mine = "11111111-2222-3333-4444-555555555555"
    people.sql(
        "create table notes(id int, owner uuid); alter table notes enable row level security;"
        "create policy own on notes for select to authenticated using (owner = auth.uid());"
        f"insert into notes values (1, '{mine}'), (2, gen_random_uuid())"
    )
    assert rest("notes").text == "[]"
    assert ids(rest("notes", Authorization=f"Bearer {people.token(sub=mine)}").text) == [1]
    assert ids(rest("notes", Authorization=f"Bearer {people.service_key}").text) == [1, 2]


def test_root_is_for_the_service_key(people: LocalBackend, rest: Rest) -> None:
    assert rest("").status_code == 403
    document = rest("", Authorization=f"Bearer {people.service_key}").json()
    columns = document["definitions"]["people"]["properties"]
    assert "<pk/>" in columns["id"]["description"]
    assert "description" not in columns["name"]
    assert [columns[name]["format"] for name in ("id", "score", "tags")] == [
        "bigint",
        "double precision",
        "text[]",
    ]
