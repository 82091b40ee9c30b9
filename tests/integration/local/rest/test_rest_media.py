"""One object, CSV, stripped nulls, and what is not served: the answers' types as PostgREST gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Rest

OBJECT = "application/vnd.pgrst.object+json"


@pytest.fixture
def people(backend: LocalBackend) -> LocalBackend:
    backend.sql(
        "create table people(id int primary key, name text, page numeric(6,2));"
        "insert into people values (1, 'Ann', 1.50), (2, null, null), (3, 'a,\"b\"', 2)"
    )
    return backend


def test_one_object(people: LocalBackend, rest: Rest) -> None:
    one = rest("people?id=eq.1", Accept=OBJECT)
    assert (one.status_code, one.text) == (200, '{"id":1,"name":"Ann","page":1.50}')
    assert one.headers["Content-Type"] == f"{OBJECT}; charset=utf-8"
    stripped = rest("people?id=eq.2", Accept=f"{OBJECT};nulls=stripped")
    assert stripped.text == '{"id":2}'


@pytest.mark.parametrize(("query", "rows"), [("id=gt.1", 2), ("id=eq.9", 0), ("limit=0", 0)])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_none_or_several_are_no_object(
    people: LocalBackend, rest: Rest, query: str, rows: int, method: str
) -> None:
    refused = rest(f"people?{query}", method, Accept=OBJECT)
    assert refused.status_code == 406
    if method == "GET":
        assert refused.json() == {
            "code": "PGRST116",
            "details": f"The result contains {rows} rows",
            "hint": None,
            "message": "Cannot coerce the result to a single JSON object",
        }


def test_csv(people: LocalBackend, rest: Rest) -> None:
    answer = rest("people?order=id", Accept="text/csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.text == 'id,name,page\n1,Ann,1.50\n2,,\n3,"a,""b""",2.00'
    assert rest("people?id=eq.9", Accept="text/csv").text == "\n"
    assert rest("people?select=n:name&id=eq.1", Accept="text/csv").text == "n\nAnn"


def test_stripped_nulls(people: LocalBackend, rest: Rest) -> None:
    accept = "application/vnd.pgrst.array+json;nulls=stripped"
    assert rest("people?id=lt.3&order=id", Accept=accept).text == (
        '[{"id":1,"name":"Ann","page":1.50},{"id":2}]'
    )
    assert rest("people?id=eq.9", Accept=accept).text == "[]"


def test_a_column_may_be_named_as_our_statements_name_things(
    people: LocalBackend, rest: Rest
) -> None:
    answer = rest("people?select=page&id=eq.2", Prefer="count=exact")
    assert (answer.text, answer.headers["Content-Range"]) == ('[{"page":null}]', "0-0/1")


@pytest.mark.parametrize(
    "accept", ["application/vnd.pgrst.plan+json", "image/png", "application/octet-stream"]
)
def test_what_is_not_served(people: LocalBackend, rest: Rest, accept: str) -> None:
    refused = rest("people", Accept=accept)
    assert (refused.status_code, refused.json()["code"]) == (406, "PGRST107")
    assert refused.headers["Proxy-Status"] == "PostgREST; error=PGRST107"


def test_geojson_needs_postgis(people: LocalBackend, rest: Rest) -> None:
    refused = rest("people", Accept="application/geo+json")
    assert (refused.status_code, refused.json()["code"]) == (404, "42883")


def test_a_type_that_is_refused_beside_one_that_is_served(people: LocalBackend, rest: Rest) -> None:
    answer = rest("people?id=eq.1", Accept="image/png, application/json;q=0.5")
    assert answer.json() == [{"id": 1, "name": "Ann", "page": 1.5}]


def test_headers_of_an_answer(people: LocalBackend, rest: Rest) -> None:
    answer = rest("people?select=id&order=id&limit=1", Origin="http://x", Prefer="count=exact")
    assert answer.headers["Content-Location"] == "/people?limit=1&order=id&select=id"
    assert answer.headers["Preference-Applied"] == "count=exact"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Profile" not in answer.headers


def test_options_name_what_can_be_done(people: LocalBackend, rest: Rest) -> None:
    people.sql("create view sums as select count(*) from people; create table bare(a int)")
    allowed = {name: rest(name, "OPTIONS").headers["Allow"] for name in ("people", "sums", "bare")}
    assert allowed == {
        "people": "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE",
        "sums": "OPTIONS,GET,HEAD",
        "bare": "OPTIONS,GET,HEAD,POST,PATCH,DELETE",
    }
    assert rest("nothing", "OPTIONS").status_code == 404


def test_a_browser_may_ask_before_it_has_a_key(people: LocalBackend, rest: Rest) -> None:
    asked = {"Origin": "http://x", "Access-Control-Request-Method": "PATCH", "apikey": ""}
    answer = rest("people", "OPTIONS", **asked)
    assert answer.status_code == 200
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_what_is_not_written_here_yet_says_so(
    people: LocalBackend, rest: Rest, method: str
) -> None:
    refused = rest("people?id=eq.1", method)
    assert (refused.status_code, refused.json()["code"]) == (501, "LOCAL501")
    assert "POST, PUT and DELETE" in refused.json()["message"]
    assert people.sql("select count(*) from people") == [(3,)]
    assert rest("rpc/anything", method).status_code == 501
    assert rest("people", "TRACE").json()["code"] == "PGRST117"


def test_partitions_are_not_tables_of_the_api(people: LocalBackend, rest: Rest) -> None:
    people.sql(
        "create table whole(id int) partition by list (id);"
        "create table part partition of whole for values in (1); insert into whole values (1)"
    )
    assert rest("whole").json() == [{"id": 1}]
    assert (rest("part").status_code, rest("part").json()["code"]) == (404, "PGRST205")


def test_a_missing_table_inside_of_a_view_is_another_error(
    people: LocalBackend, rest: Rest
) -> None:
    people.sql(
        "create function broken() returns int language plpgsql as"
        " 'begin return (select 1 from gone); end'; create view v as select broken()"
    )
    refused = rest("v")
    assert (refused.status_code, refused.json()["code"]) == (404, "42P01")


@pytest.mark.parametrize("name", ["a/b", "a b", "100%", 'q"t', "ä"])
def test_tables_of_any_name(people: LocalBackend, rest: Rest, name: str) -> None:
    quoted = name.replace('"', '""')
    people.sql(f'create table "{quoted}"(id int); insert into "{quoted}" values (1)')
    assert rest(f"{quote(name, safe='')}?select=id").json() == [{"id": 1}]
