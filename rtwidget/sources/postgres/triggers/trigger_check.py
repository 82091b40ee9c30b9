"""Whether a table's triggers announce what the table is now, and what to run where they do not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rtwidget.sources.postgres.catalog.catalog import ANNOUNCING_KINDS, KINDS, Place, Table
from rtwidget.sources.postgres.listen.channel import EVENTS, TRIGGERS, channel_of, full_name
from rtwidget.sources.postgres.triggers.command_text import disabling_command, enabling_command
from rtwidget.sources.postgres.triggers.trigger_function import is_kept, promise_of

_NOTHING = "It does not announce its changes."
_POLLED = "It is polled; `verify_every=` sets how often."


@dataclass(frozen=True, slots=True)
class Announcing:
    """Whether a table announces its changes.

    Args:
        table: Schema and name.
        channel: On which channel.
        enabled: Whether every change of the table is announced, by its key.
        missing: The triggers that are not there, are disabled, or are not what they were.
        silent_partitions: Partitions, and tables that inherit, which lack a trigger: what is written to them by their
            own name is not announced. The first ten.
        reasons: Why it is not enabled, in sentences.
        mend: What to do about it, with the command.
    """

    table: str
    channel: str
    enabled: bool
    missing: tuple[str, ...] = ()
    silent_partitions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    mend: str = ""

    def __str__(self) -> str:
        if self.enabled:
            return f"{self.table} announces its changes on the channel {self.channel}."
        what = (
            "its changes."
            if self.reasons == (_NOTHING,)
            else " ".join(("all of its changes.", *self.reasons))
        )
        return f"{self.table} does not announce {what} {self.mend}"


def announcing(schema: str, name: str, table: Table) -> Announcing:
    """Return whether a table announces its changes (any thread).

    Names of triggers prove nothing: what they call is compared, word for word, with what `enable` would make for the
    table as it is.

    Args:
        schema: The table's schema.
        name: The table's name.
        table: What the catalog says of it.
    """
    found = table.announced
    missing = tuple(
        trigger
        for trigger, event in zip(TRIGGERS, EVENTS, strict=True)
        if event not in found.events
    )
    reasons, mend = _beyond_triggers(schema, name, table)
    # Only where triggers can help at all: else people would enable what stays silent.
    if not reasons:
        reasons = _of_triggers(table, missing)
        mend = _enabling(schema, name, table) if reasons else ""
    return Announcing(
        f"{schema}.{name}",
        channel_of(schema, name),
        not reasons,
        missing,
        tuple(f"{place}.{silent}" for place, silent in found.silent),
        tuple(reasons),
        mend,
    )


def key_advice(name: str, table: Table) -> str:
    """Return what to do where a key names two rows of a table that others inherit from; empty for other tables (any thread)."""
    if table.kind != "r" or not table.announced.below:
        return ""
    heirs = _listed(table.announced.below)
    return (
        f"{name} shows the rows of {heirs} too, which inherit from it, and no primary key is unique over them all. "
        "Give them keys of one sequence; or watch each by its own name, the first by a view that reads `only` it; "
        "or watch a view of it with `tableoid::pg_catalog.int8 as part`, and pass `primary_key=` with `part` and the key."
    )


def beneath(table: Table) -> str:
    """Return what may be watched instead of a view; empty where that is not known (any thread)."""
    tables = table.announced.beneath
    if not tables:
        return ""
    return f"The tables below it can be enabled, and watched by their own names: {_listed(tables)}."


def _beyond_triggers(schema: str, name: str, table: Table) -> tuple[list[str], str]:
    """Return what no trigger can mend, and what can."""
    found = table.announced
    if table.kind not in ANNOUNCING_KINDS:
        said = f"{full_name(schema, name)} is a {KINDS[table.kind]}, which announces nothing."
        polled = f"A {KINDS[table.kind]} is polled; `verify_every=` sets how often."
        return [said], " ".join(filter(None, (polled, beneath(table))))
    if found.foreign:
        said = f"{_listed(found.foreign)} below it is a foreign table, whose changes nothing here announces."
        if not found.functions:
            return [said], _POLLED
        said += " While the triggers are there, writes through the whole that reach it fail."
        mend = f"Run `{disabling_command(schema, name)}`; without triggers it is polled."
        return [said], mend
    if found.subscribed:
        said = "A subscription of logical replication writes to it, which fires no trigger of a statement."
        return [said], _POLLED
    return [], ""


def _of_triggers(table: Table, missing: Sequence[str]) -> list[str]:
    """Return what `enable` mends."""
    found, reasons = table.announced, []
    if not found.functions:
        return [_NOTHING]
    if missing:
        reasons.append(f"These triggers are missing, disabled or altered: {', '.join(missing)}.")
    reasons += _broken(table)
    if found.silent:
        reasons.append(f"Writes to {_listed(found.silent)} by name are not announced.")
    return reasons


def _enabling(schema: str, name: str, table: Table) -> str:
    promises = [promise_of(function.source) for function in table.announced.functions]
    # Who enabled it by `--key` wants the same columns again, while they are still there.
    given = next((one.columns for one in promises if one is not None and one.given), ())
    command = enabling_command(schema, name, given if set(given) <= set(table.named) else ())
    run = "Enable it again: run" if promises else "Run"
    return (
        f"{run} `{command}` with the connection string of its owner {table.owner}; "
        "`--dry-run` shows the SQL."
    )


def _broken(table: Table) -> list[str]:
    """Return what is wrong with the functions that announce a table."""
    for function in table.announced.functions:
        promise = promise_of(function.source)
        # Made before functions said what they announce; what it would announce cannot be compared.
        if promise is None:
            return [
                "Its triggers were made by an older version of rtwidget, or their function was altered."
            ]
        if not function.plain or not is_kept(promise, function.source, function.settings):
            return ["Its trigger function was altered, or made by another version of rtwidget."]
        told = ", ".join(promise.columns)
        if not set(promise.columns) <= set(table.named):
            return [
                f"Its triggers name rows by ({told}), which are not all columns of it any more."
            ]
        # A primary key that was replaced later: the old one may name two rows now.
        key = table.keys[0] if table.keys else promise.columns
        if not promise.given and key != promise.columns:
            return [f"Its triggers name rows by ({told}), and its key is ({', '.join(key)}) now."]
    return []


def _listed(places: Iterable[Place]) -> str:
    return ", ".join(full_name(*place) for place in places)
