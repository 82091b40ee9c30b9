"""The examination of a PostgreSQL table: each step builds on the one before, and says so when it cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import monotonic

from rtwidget.doctor.checks.address_checks import check_clock
from rtwidget.doctor.checks.catalog_checks import check_grants, check_row_security
from rtwidget.doctor.checks.listen_checks import (
    check_connection,
    check_listening,
    check_role,
    check_server,
    check_triggers,
)
from rtwidget.doctor.checks.policy_checks import check_policies
from rtwidget.doctor.checks.queue_checks import check_queue
from rtwidget.doctor.checks.rows_checks import (
    SAMPLE_ROWS,
    FirstRows,
    check_failed_by,
    check_key,
    check_reads,
    check_rows,
)
from rtwidget.doctor.checks.stream_checks import check_round_trip
from rtwidget.doctor.checks.touchable_row import unfit
from rtwidget.doctor.finding import Finding, Verdict, refused, skipped, untried
from rtwidget.doctor.postgres.catalog_facts import Facts
from rtwidget.doctor.postgres.catalog_query import ask_catalog
from rtwidget.doctor.postgres.queue_query import ask_queue
from rtwidget.doctor.postgres.touch import touch
from rtwidget.doctor.stream_examination import try_stream
from rtwidget.errors import AuthenticationError, SourceError, TableNotFoundError
from rtwidget.sources.postgres.request import PostgresRequest
from rtwidget.sources.postgres.setup import announcing_of
from rtwidget.sources.postgres.source import PostgresSource
from rtwidget.sources.postgres.triggers.command_text import enabling_command

_LATER = "It comes after what failed."


class PostgresExamination:
    """Examines one table as the role that connects (any loop).

    Args:
        request: What to read, and as whom.
        wall: This machine's clock, in Unix seconds.
        touched: The texts of the key of a row that may be touched; None to write nothing.
    """

    def __init__(
        self,
        request: PostgresRequest,
        wall: Callable[[], float],
        touched: tuple[str, ...] | None = None,
    ) -> None:
        self._address = request.address
        self._wanted = request.wanted
        self._wall = wall
        self._touched = touched
        self.findings: list[Finding] = []
        self.version: str | None = None
        """The server's version, once it answered."""

    async def run(self) -> None:
        """Make the checks, as far as they can be made."""
        wanted, address = self._wanted, self._address
        try:
            facts = await ask_catalog(address, wanted.schema, wanted.table)
        except SourceError as error:
            self.findings.append(refused(_check_failed_by(error), error))
            self._skip("reads", "triggers", "queue", "listen", "round trip")
            return
        now, self.version = self._wall(), facts.version
        key = await self._read(facts)
        # Put before what the read found: a report begins at the connection, and the read needs it anyway.
        self.findings[:0] = [
            check_connection(facts, address),
            check_clock(now - facts.now),
            check_role(facts),
            check_server(facts),
            check_grants(facts, wanted.schema, wanted.table, key),
            check_row_security(facts, wanted.schema, wanted.table),
            check_policies(facts),
        ]
        await self._listen(facts, key)

    async def _read(self, facts: Facts) -> tuple[str, ...]:
        """Read the first keys, and return which columns are the key."""
        wanted, role = self._wanted, facts.role
        source = PostgresSource(self._address, wanted)
        key = wanted.key or facts.key
        try:
            schema = await source.describe()
            key = schema.key
            rows = await self._first_rows(key)
        except SourceError as error:
            self.findings.append(refused(check_failed_by(error), error))
            return key
        finally:
            await source.aclose()
        self.findings += [
            check_reads(rows.took_s),
            check_key(schema, rows.keys, guessed=False),
            check_rows(
                wanted.schema,
                wanted.table,
                rows,
                role.name if role else None,
                # A view reads as its owner, whom policies may bind.
                sees_all=not facts.is_bound and facts.kind != "v",
                looked_up=True,
            ),
        ]
        return key

    async def _first_rows(self, key: tuple[str, ...]) -> FirstRows:
        # Keys alone, since wide rows would be timed and not the way to them.
        named = replace(self._wanted, columns=key, order=(), types=(), version=None, key=key)
        source, everything = (
            PostgresSource(self._address, one) for one in (named, replace(named, filters=()))
        )
        try:
            began = monotonic()
            page = await source.read_page(None, None, SAMPLE_ROWS)
            took_s = monotonic() - began
            unfiltered = None
            if not page.rows and named.filters:
                unfiltered = (await everything.read_page(None, None, 1)).total
        finally:
            await source.aclose()
            await everything.aclose()
        keys = [tuple(row) for row in page.rows]
        return FirstRows(keys, SAMPLE_ROWS, page.total, unfiltered, took_s)

    async def _listen(self, facts: Facts, key: tuple[str, ...]) -> None:
        wanted = self._wanted
        try:
            found = await asyncio.to_thread(
                announcing_of, self._address, wanted.schema, wanted.table
            )
        except SourceError as error:
            self.findings.append(refused("triggers", error))
            self._skip("queue", "listen", "round trip")
            return
        triggers = check_triggers(found)
        queue = await self._queue()
        self.findings += [triggers, queue]
        # To wait for what cannot come would only make people wait.
        if Verdict.PROBLEM in (triggers.verdict, queue.verdict) or facts.standby:
            self._skip("listen", "round trip")
            return
        source, touched = PostgresSource(self._address, wanted), self._touched
        wrong = None if touched is None else unfit(key, touched)
        write = None
        if touched is not None and wrong is None:
            write = (touched, partial(touch, self._address, wanted, touched))
        try:
            trial = await try_stream(source.notifications(), write)
        finally:
            await source.aclose()
        again = f"Run `{enabling_command(wanted.schema, wanted.table)}` again: its function says nothing."
        round_trip = check_round_trip(trial.round_trip, again)
        self.findings += [
            check_listening(trial),
            untried("round trip", wrong) if wrong else round_trip,
        ]

    async def _queue(self) -> Finding:
        try:
            return check_queue(await ask_queue(self._address))
        except SourceError as error:
            return untried("queue", error)

    def _skip(self, *checks: str) -> None:
        self.findings += [skipped(check, _LATER) for check in checks]


def _check_failed_by(error: SourceError) -> str:
    """Return the check that an error of the connection belongs to."""
    kinds = (AuthenticationError, TableNotFoundError)
    return check_failed_by(error) if isinstance(error, kinds) else "address"
