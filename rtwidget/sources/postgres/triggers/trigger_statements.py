"""The SQL that makes a table announce its changes, and the SQL that takes it away again: pure text.

One function, and four statement-level triggers on the table and on each table below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from psycopg import sql

from rtwidget.sources.postgres.listen.channel import EVENTS, channel_of, function_of, trigger_of
from rtwidget.sources.postgres.triggers.trigger_function import (
    FUNCTION_SETTINGS,
    Promise,
    function_body,
)

_CREATED = "rtwidget: announces the keys of changed rows on the channel {channel}. `rtwidget postgres disable` removes it."
_EVENTS = {
    "insert": "insert on {table} referencing new table as rtwidget_new",
    "update": "update on {table} referencing old table as rtwidget_old new table as rtwidget_new",
    "delete": "delete on {table} referencing old table as rtwidget_old",
    "truncate": "truncate on {table}",
}


class Caller(NamedTuple):
    """A trigger that announces changes of a table.

    Args:
        name: The trigger's name.
        on: Schema and name of what it is on.
        function: Schema and name of what it calls.
    """

    name: str
    on: tuple[str, str]
    function: tuple[str, str]


def enabling(
    schema: str,
    table: str,
    key: Sequence[str],
    relations: Sequence[tuple[str, str]],
    *,
    given: bool = False,
    callers: Iterable[Caller] = (),
) -> list[sql.Composed]:
    """Return the statements that make a table announce its changes; running them again changes nothing (any thread).

    Args:
        schema: The table's schema.
        table: The table's name.
        key: The columns whose values are told.
        relations: Schema and name of what gets triggers: the table, and what is below it.
        given: Whether somebody named these columns; else they are the table's key.
        callers: The triggers that announce it now; those that are not made again are dropped.
    """
    name = (schema, function_of(schema, table))
    function = sql.Identifier(*name)
    channel = channel_of(schema, table)
    comment = sql.Literal(_CREATED.format(channel=channel))
    # These are replaced in place and not dropped, so that running it again changes nothing.
    wanted = {(trigger_of(event, schema, table, on), on) for event in EVENTS for on in relations}
    statements = [
        _function(function, Promise(channel, tuple(key), given)),
        sql.SQL("comment on function {}() is {}").format(function, comment),
        *(
            _dropped(one)
            for one in callers
            if one.on in relations and ((one.name, one.on) not in wanted or one.function != name)
        ),
    ]
    for on in relations:
        place = sql.Identifier(*on)
        for event, reads in _EVENTS.items():
            trigger = sql.Identifier(trigger_of(event, schema, table, on))
            made = f"create or replace trigger {{}} after {reads} for each statement execute function {{}}()"
            statements += [
                sql.SQL(made).format(trigger, function, table=place),
                # Also what a session writes that takes itself for a replica.
                sql.SQL("alter table {} enable always trigger {}").format(place, trigger),
                sql.SQL("comment on trigger {} on {} is {}").format(trigger, place, comment),
            ]
    return statements


def disabling(
    callers: Iterable[Caller], functions: Iterable[tuple[str, str]]
) -> list[sql.Composed]:
    """Return the statements that take away what `enabling` made, and nothing else (any thread).

    Args:
        callers: The triggers that announce the table's changes.
        functions: Schema and name of the functions that do.
    """
    gone = sql.SQL("drop function if exists {}()")
    return [
        *map(_dropped, callers),
        *(gone.format(sql.Identifier(*function)) for function in functions),
    ]


def _function(function: sql.Identifier, promise: Promise) -> sql.Composed:
    settings = sql.SQL(" ").join(
        sql.SQL(f"set {name} = {value if ',' in value else repr(value)}")
        for name, value in FUNCTION_SETTINGS.items()
    )
    body = _dollar_quoted(function_body(promise))
    return sql.SQL(
        "create or replace function {}() returns trigger language plpgsql\n  {}\nas {}"
    ).format(function, settings, body)


def _dropped(caller: Caller) -> sql.Composed:
    return sql.SQL("drop trigger {} on {}").format(
        sql.Identifier(caller.name), sql.Identifier(*caller.on)
    )


def _dollar_quoted(text: str) -> sql.Composable:
    """Quote a text so that people can still read it, by a mark that is not in it."""
    mark = "$rtwidget$"
    while mark in text:
        mark = f"$x{mark[1:]}"
    return sql.SQL(f"{mark}{text}\n{mark}")
