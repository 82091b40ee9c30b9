"""What announces a table now: functions by name or mark, and then whatever calls them."""

from __future__ import annotations

from typing import Any

from rtwidget.sources.postgres.catalog.catalog import names_of
from rtwidget.sources.postgres.triggers.installed_triggers import below_table, installed
from rtwidget.sources.postgres.triggers.trigger_statements import Caller


class Connection:
    """Answers one statement after the other, and writes down their values."""

    def __init__(self, *answers: list[tuple[object, ...]]) -> None:
        self._answers = [*answers]
        self.asked: list[tuple[str, object]] = []

    def execute(self, text: str, values: object) -> Any:
        self.asked.append((text, values))
        return self

    def fetchall(self) -> list[tuple[object, ...]]:
        return self._answers.pop(0)


def test_callers_are_those_of_the_functions_that_were_found() -> None:
    functions: list[tuple[object, ...]] = [("s", "f", 11), ("old", "g", 12)]
    connection: Any = Connection(functions, [("rtwidget_insert", "s", "t_1", "old", "g")])
    callers, homes = installed(connection, "s", "t")
    assert callers == [Caller("rtwidget_insert", ("s", "t_1"), ("old", "g"))]
    assert homes == [("s", "f"), ("old", "g")]
    schema, _, function, mark = names_of("s", "t")
    assert [values for _, values in connection.asked] == [(schema, function, mark), ([11, 12],)]


def test_without_a_function_nothing_calls_one() -> None:
    connection: Any = Connection([], [])
    assert installed(connection, "s", "t") == ([], [])
    assert connection.asked[1][1] == ([],)


def test_what_is_below_a_table_is_found_by_its_number_and_without_temporary_tables() -> None:
    connection: Any = Connection([("s", "t_1"), ("s", "t_2")])
    assert below_table(connection, 7) == [("s", "t_1"), ("s", "t_2")]
    ((text, values),) = connection.asked
    assert values == (7,)
    assert "c.relpersistence <> 't'" in text
