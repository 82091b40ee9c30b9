"""What a connection to Realtime came to: websocket, join, publication, "Subscribed". Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.doctor.finding import Finding, ok, problem, refused, skipped, untried, warning
from rtwidget.doctor.stream_examination import HEARD_S, RoundTrip, StreamTrial
from rtwidget.errors import ConnectionLostError, NotPublishedError
from rtwidget.sources.supabase.realtime.socket import Stage

CHECKS = ("websocket", "join", "publication", "subscribed")
SLOW_START_S = 5.0
"""A warm project subscribes at once; a cold one takes some seconds (reference 3.1)."""

_AFTER = "It comes after what failed."
SILENT = (
    "Look at the project's Realtime logs: over a rate limit, or after a fault of its connection to the database, changes "
    "are dropped without a word; a policy that reads other settings than `request.jwt.claims` hides them too. "
    "Restart Realtime in the project's settings."
)
"""What to do about a stream that is joined and says nothing."""


def check_stream(trial: StreamTrial, stages: Sequence[Stage]) -> list[Finding]:
    """Return one finding for each step of a connection (any thread).

    Args:
        trial: How far it came.
        stages: Which stages it reached.
    """
    if trial.error is None:
        return [
            ok("websocket", "The websocket opens."),
            ok("join", "Realtime takes the subscription."),
            ok("publication", "The table is in the publication that Realtime reads."),
            _check_start(trial.live_after_s or 0.0),
        ]
    # Each step needs the one before, so those before the failed one worked.
    check = _failed_check(trial, stages)
    place = CHECKS.index(check)
    before = {
        "websocket": ok("websocket", "The websocket opens."),
        "join": ok("join", "Realtime takes the join."),
        "publication": skipped("publication", "Realtime did not say."),
    }
    return [
        *(before[name] for name in CHECKS[:place]),
        refused(check, trial.error),
        *(skipped(name, _AFTER) for name in CHECKS[place + 1 :]),
    ]


def check_round_trip(round_trip: RoundTrip | None, mend: str) -> Finding:
    """Return what became of a change that was made to be heard of (any thread).

    Args:
        round_trip: What became of it; None when nobody asked, or there was no connection to hear it on.
        mend: What to do when it was not heard.
    """
    if round_trip is None:
        return skipped(
            "round trip", "Only when `write=` (or `--write`) names a row that may be touched."
        )
    # The stream's own end is a problem; that a change could not be made is not.
    if isinstance(round_trip.error, ConnectionLostError):
        return refused("round trip", round_trip.error)
    if round_trip.error is not None:
        return untried("round trip", round_trip.error)
    if round_trip.heard_after_s is None:
        said = f"A row was changed, and nothing was announced within {HEARD_S:.0f} s, though the subscription stands."
        return problem("round trip", said, mend)
    return ok(
        "round trip", f"A change was announced after {round_trip.heard_after_s * 1000:.0f} ms."
    )


def _failed_check(trial: StreamTrial, stages: Sequence[Stage]) -> str:
    if isinstance(trial.error, NotPublishedError):
        return "publication"
    if Stage.JOINED in stages:
        return "subscribed"
    return "join" if Stage.OPENED in stages else "websocket"


def _check_start(live_after_s: float) -> Finding:
    said = f'The server said "Subscribed to PostgreSQL" after {live_after_s:.1f} s.'
    if live_after_s < SLOW_START_S:
        return ok("subscribed", said)
    return warning(
        "subscribed",
        f"{said} A project that was asleep takes so long; changes of that time come by a pass.",
    )
