"""The SQL that makes a table announce its changes, and takes that away again, as text."""

from __future__ import annotations

from rtwidget.sources.postgres.listen.channel import EVENTS, function_of, trigger_of
from rtwidget.sources.postgres.triggers.trigger_statements import Caller, disabling, enabling

OWN = ("public", "t")
FUNCTION = ("public", function_of(*OWN))


def texts(callers: list[Caller]) -> list[str]:
    return [one.as_string() for one in enabling(*OWN, ["id"], [OWN], callers=callers)]


def caller(event: str, function: tuple[str, str] = FUNCTION) -> Caller:
    return Caller(trigger_of(event, *OWN, OWN), OWN, function)


def test_each_event_has_a_trigger_that_fires_in_every_session() -> None:
    made = texts([])
    for event in EVENTS:
        assert any(f"after {event} on " in one for one in made)
    assert sum("enable always trigger" in one for one in made) == len(EVENTS)


def test_what_is_made_again_is_not_dropped() -> None:
    assert not [one for one in texts([caller(event) for event in EVENTS]) if "drop" in one]


def test_triggers_of_other_names_and_of_moved_functions_are_dropped() -> None:
    moved, old = caller("insert", ("elsewhere", "f")), Caller("old_name", OWN, FUNCTION)
    dropped = [one for one in texts([moved, old, caller("delete")]) if one.startswith("drop")]
    assert dropped == [
        'drop trigger "rtwidget_insert" on "public"."t"',
        'drop trigger "old_name" on "public"."t"',
    ]


def test_another_tables_trigger_is_left_alone() -> None:
    assert not [one for one in texts([Caller("x", ("public", "other"), FUNCTION)]) if "drop" in one]


def test_triggers_go_before_the_functions_that_they_call() -> None:
    gone = [one.as_string() for one in disabling([caller("insert")], [FUNCTION])]
    assert gone == [
        'drop trigger "rtwidget_insert" on "public"."t"',
        f'drop function if exists "public"."{FUNCTION[1]}"()',
    ]
