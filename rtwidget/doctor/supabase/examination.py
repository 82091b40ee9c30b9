"""The examination of a Supabase table: each step builds on the one before, and says so when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rtwidget.doctor.checks.access_checks import check_bearer
from rtwidget.doctor.checks.address_checks import check_address, check_clock
from rtwidget.doctor.checks.rows_checks import (
    check_cap,
    check_failed_by,
    check_key,
    check_reads,
    check_rows,
)
from rtwidget.doctor.checks.stream_checks import CHECKS, SILENT, check_round_trip, check_stream
from rtwidget.doctor.checks.touchable_row import unfit
from rtwidget.doctor.finding import Finding, Verdict, ok, refused, skipped, untried
from rtwidget.doctor.stream_examination import Write, try_stream
from rtwidget.doctor.supabase.address_probe import probe_address
from rtwidget.doctor.supabase.first_read import FirstRead, read_first, read_version
from rtwidget.doctor.supabase.touch import touch
from rtwidget.doctor.versions import version_in_header
from rtwidget.errors import SourceError
from rtwidget.sources.supabase.credentials.bearer import bearer_of
from rtwidget.sources.supabase.credentials.identity import Token
from rtwidget.sources.supabase.realtime.socket import Stage, listen
from rtwidget.sources.supabase.request import SupabaseRequest
from rtwidget.sources.supabase.rest.description.describe import GUESSED_KEY
from rtwidget.sources.supabase.tokens.token_keeper import TokenKeeper
from rtwidget.sources.supabase.tokens.token_pool import TokenPool

SUBSCRIBED_S = 30.0
"""The longest wait for "Subscribed to PostgreSQL": a cold project needs many seconds, and somebody waits for the report."""


class SupabaseExamination:
    """Examines one table as one identity (any loop).

    Args:
        request: What to read, and as whom.
        wall: This machine's clock, in Unix seconds.
        touched: The texts of the key of a row that may be touched; None to write nothing.
        looked_up: Whether the catalog is asked too.
    """

    def __init__(
        self,
        request: SupabaseRequest,
        wall: Callable[[], float],
        touched: tuple[str, ...] | None = None,
        *,
        looked_up: bool = False,
    ) -> None:
        self._credentials = request.credentials
        self._wanted = request.wanted
        self._wall = wall
        self._touched = touched
        self._looked_up = looked_up
        self._keeper = TokenKeeper(self._credentials.key, self._credentials.fetch)
        self.bearer = bearer_of(self._credentials.key)
        self.findings: list[Finding] = []
        self.postgrest: str | None = None
        """PostgREST's version, where it tells."""

    async def run(self) -> None:
        """Make the checks, as far as they can be made."""
        token = await self._ask_server()
        if token is None:
            self._skip("reads", *CHECKS, "round trip", why="It comes after what failed.")
            return
        reading = await self._read()
        failed = [one.check for one in self.findings if one.verdict is Verdict.PROBLEM]
        hopeless = next(
            (name for name in ("credentials", "table", "reads") if name in failed), None
        )
        if hopeless is not None:
            why = f"First the problem of the {hopeless} has to be mended."
            self._skip(*CHECKS, "round trip", why=why)
            return
        await self._subscribe(self._wanted.key or (reading.schema.key if reading else GUESSED_KEY))

    async def _ask_server(self) -> Token | None:
        """Look at address, clock and token, and return the token when it is worth a read."""
        endpoint = self._credentials.endpoint
        answer = await probe_address(endpoint, self._wall)
        address = check_address(endpoint.url, endpoint.host, answer, is_local=endpoint.is_local)
        self.findings.append(address)
        self.findings.append(check_clock(answer.skew_s))
        self.postgrest = version_in_header(answer.server)
        try:
            token = await self._keeper.current(ask=True)
        except SourceError as error:
            self.findings.append(refused("credentials", error))
            return None
        self.bearer = bearer_of(token.secret)
        server_now = self._wall() - (answer.skew_s or 0.0)
        credentials = check_bearer(
            self.bearer, bearer_of(self._credentials.key), server_now, renews=self._keeper.renews
        )
        self.findings.append(credentials)
        # A token that has ended would make every later check fail for the same reason.
        usable = Verdict.PROBLEM not in (address.verdict, credentials.verdict)
        return token if usable else None

    async def _read(self) -> FirstRead | None:
        wanted = self._wanted
        try:
            reading = await read_first(self._credentials, wanted, self._keeper)
        except SourceError as error:
            finding = refused(check_failed_by(error), error)
            # The server's refusal of a token says more than its claims did.
            self.findings = [one for one in self.findings if one.check != finding.check]
            self.findings.append(finding)
            return None
        schema, rows = reading.schema, reading.rows
        # Gateways put their own name into the header; the description tells it then.
        if self.postgrest is None:
            self.postgrest = await read_version(self._credentials, wanted, self._keeper)
        # Whether somebody or the API named the key; `id` may also be the real one.
        guessed = (
            wanted.key is None
            and schema.key == GUESSED_KEY
            and not any(column.type for column in schema.columns if column.name in schema.key)
        )
        self.findings += [
            check_reads(rows.took_s),
            ok("table", f"{wanted.schema}.{wanted.table} is in the API, and may be read."),
            check_key(schema, rows.keys, guessed=guessed),
            check_rows(
                wanted.schema,
                wanted.table,
                rows,
                self.bearer.role,
                sees_all=self.bearer.is_service,
                looked_up=self._looked_up,
            ),
            check_cap(rows),
        ]
        return reading

    async def _subscribe(self, key: tuple[str, ...]) -> None:
        credentials, wanted, stages = self._credentials, self._wanted, list[Stage]()
        events = listen(
            credentials.endpoint,
            credentials.key,
            TokenPool(self._keeper),
            (wanted.schema, wanted.table, key),
            reached=stages.append,
            patience_s=SUBSCRIBED_S,
        )
        wrong = None if self._touched is None else unfit(key, self._touched)
        trial = await try_stream(events, None if wrong else self._write(key))
        self.findings += check_stream(trial, stages)
        self.findings.append(
            untried("round trip", wrong) if wrong else check_round_trip(trial.round_trip, SILENT)
        )

    def _write(self, key: tuple[str, ...]) -> tuple[tuple[str, ...], Write] | None:
        touched = self._touched
        if touched is None:
            return None
        return touched, partial(touch, self._credentials, self._wanted, self._keeper, key, touched)

    def _skip(self, *checks: str, why: str) -> None:
        self.findings += [skipped(check, why) for check in checks]
