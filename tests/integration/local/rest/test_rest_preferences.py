"""What a read prefers and what it may ask: time zone, counts, operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rtwidget.local import LocalBackend
    from tests.integration.local.conftest import Rest


@pytest.fixture
def people(backend: LocalBackend) -> LocalBackend:
    backend.sql(
        "create table people(id int primary key, name text, page numeric(6,2));"
        "insert into people values (1, 'Ann', 1.50), (2, null, null), (3, 'a,\"b\"', 2)"
    )
    return backend


def test_timezone(people: LocalBackend, rest: Rest) -> None:
    people.sql("create view moment as select timestamptz '2024-01-02 03:04:05+00' as at")
    answer = rest("moment", Prefer="timezone=America/New_York")
    assert answer.json() == [{"at": "2024-01-01T22:04:05-05:00"}]
    assert answer.headers["Preference-Applied"] == "timezone=America/New_York"
    refused = rest("moment", Prefer="timezone=Nowhere/Land")
    assert (refused.status_code, refused.json()["code"]) == (400, "22023")


def test_unknown_preferences(people: LocalBackend, rest: Rest) -> None:
    assert rest("people", Prefer="what").status_code == 200
    refused = rest("people", Prefer="handling=strict, what")
    assert (refused.status_code, refused.json()["code"]) == (400, "PGRST122")


def test_planned_and_estimated_counts(people: LocalBackend, rest: Rest) -> None:
    people.sql(
        "create table many(id int primary key, even bool) with (autovacuum_enabled = false);"
        "insert into many select n, n % 2 = 0 from generate_series(1, 500) n; analyze many;"
        "delete from many where id > 300"
    )

    def total(count: str, query: str = "limit=1") -> int:
        answer = rest(f"many?{query}", Prefer=f"count={count}")
        assert answer.status_code == 206
        assert answer.headers["Preference-Applied"] == f"count={count}"
        return int(answer.headers["Content-Range"].rpartition("/")[2])

    assert total("exact") == 300
    assert total("planned") == 500
    assert total("estimated") == 300, "few are counted"
    people.settings.max_rows = 100
    assert total("estimated") == 500, "many are guessed"
    assert total("exact", "even=is.true&limit=1") == 150
    assert total("planned", "even=is.true&limit=1") == pytest.approx(250, abs=40)
    assert rest("many?limit=1", Prefer="count=some").headers["Content-Range"] == "0-0/*"


def test_request_headers_are_seen_by_policies(people: LocalBackend, rest: Rest) -> None:
    people.sql(
        "create view asked as select current_setting('request.method') as method,"
        " current_setting('request.path') as path,"
        " current_setting('request.headers')::json ->> 'x-tenant' as tenant"
    )
    assert rest("asked", X_Tenant="blue").json() == [
        {"method": "GET", "path": "/asked", "tenant": "blue"}
    ]


def test_quantified_and_range_operators(people: LocalBackend, rest: Rest) -> None:
    people.sql(
        "create table spans(id int primary key, span int4range);"
        "insert into spans values (1, '[1,3)'), (2, '[5,8)')"
    )
    for query, expected in {
        "id=eq(any).{1,9}": [1],
        "id=gt(all).{0,1}": [2],
        "span=sl.[4,5)": [1],
        "span=sr.[3,4)": [2],
        "span=adj.[3,5)": [1, 2],
        "span=nxr.[2,4)": [1],
        "span=nxl.[4,6)": [2],
    }.items():
        rows = rest(f"spans?select=id&order=id&{query}").json()
        assert [row["id"] for row in rows] == expected, query


def test_spaces_in_or(people: LocalBackend, rest: Rest) -> None:
    rows = rest("people?select=id&order=id&or=(id.eq.1, id.eq.3)").json()
    assert [row["id"] for row in rows] == [1, 3]
