"""The oracle's own eyes: what it must notice, it notices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.oracle.lane import Lane
from tests.oracle.made_up.plan import ADA, BOB, BY_OWNER, TablePlan
from tests.oracle.made_up.query import Query
from tests.oracle.view import View

PLAN = TablePlan("oracle_eyes", "bigint", (), BY_OWNER)
QUERY = Query(ADA, None, None, "true", None, None)


@pytest.fixture
def lane(lanes: list[Lane]) -> Iterator[Lane]:
    """A table with a row of Ada's and one of Bob's."""
    lane = lanes[0]
    lane.database.run(PLAN.ddl())
    lane.database.run(f"insert into {PLAN.name} (id, owner) values (1, '{ADA}'), (2, '{BOB}')")
    yield lane
    lane.database.run(f"drop table {PLAN.name}, {PLAN.members}")


@pytest.fixture
def view(lane: Lane) -> Iterator[View]:
    view = View(PLAN, QUERY, lane.server, {})
    yield view
    view.table.close()


def test_a_users_select_is_the_users(lane: Lane, view: View) -> None:
    wanted = view.wanted(lane.database)
    assert list(wanted) == [(1,)]
    view.wait_equal(wanted, 10)
    assert view.spy.looked > 0
    assert view.spy.foreign == []


def test_a_row_of_another_user_is_seen(lane: Lane, view: View) -> None:
    lane.database.run(f"alter table {PLAN.name} disable row level security")
    view.table.refresh()
    view.wait_equal(view.wanted(lane.database), 10)
    assert {row["owner"] for row in view.spy.foreign} == {BOB}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (f"insert into {PLAN.name} (id, owner) values (3, '{ADA}')", r"missing {\(3,\)"),
        (f"delete from {PLAN.name} where id = 1", r"ghosts {\(1,\)"),
        (f"update {PLAN.name} set score = 5 where id = 1", r"other .*{\(1,\).* 5\)"),
    ],
)
def test_a_change_that_does_not_arrive_is_told(
    lane: Lane, view: View, change: str, said: str
) -> None:
    view.wait_equal(view.wanted(lane.database), 10)
    view.table.pause()
    lane.database.run(change)
    with pytest.raises(AssertionError, match=said):
        view.wait_equal(view.wanted(lane.database), 0.5)
