"""A filter is offered the values of its column."""

from __future__ import annotations

from typing import Any

from tests.unit.view.page import Page


def test_a_filter_is_offered_the_values_of_its_column(page: Page) -> None:
    page.hello()
    page.do(page.table.put, (1, "row 2", 5), (3, None, 5))
    page.handle.wait(lambda: page.handle.snapshot().rows[3][1] is None or None, 10, "The change")
    page.say("values", id=7, column="name")

    def answers() -> list[dict[str, Any]]:
        return [one for one in page.sent if one["kind"] == "values"]

    assert page.wait_for(lambda: len(answers()) == 1)
    answer = answers()[0]
    assert (answer["id"], answer["column"]) == (7, "name")
    assert answer["values"][0] == ("row 2", 2)
    assert (None, 1) in answer["values"]
    page.say("values", id=8, column="nope")
    assert page.wait_for(lambda: len(answers()) == 2)
    assert answers()[1]["values"] == []
