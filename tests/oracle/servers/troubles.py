"""What goes wrong during a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random

from rtwidget.local import Faults
from tests.oracle.servers.target import Target


class Loss(Enum):
    """What a trouble costs."""

    NOTHING = "nothing is lost"
    VISIBLE = "the connection or reads break, and the client knows"
    SILENT = "changes are lost and nobody is told: only a pass can find them"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that goes wrong.

    Args:
        name: For the trace.
        loss: What it costs.
        weight: How often, compared with the others.
        begin: Done before the batch.
        during: Done between two of its transactions.
    """

    name: str
    loss: Loss
    weight: int
    begin: Callable[[Target], object] = lambda server: None
    during: Callable[[Target, Faults], object] = lambda server, faults: None


def _close(code: int) -> Callable[[Target, Faults], None]:
    return lambda server, faults: server.fault("close", code=code)


def _kill(server: Target, faults: Faults) -> None:
    server.kill()
    server.start()


def _slowly_subscribed(server: Target, faults: Faults) -> None:
    server.fault("delay_subscribed", seconds=0.3)
    server.fault("close", code=1001)


def _refused(server: Target, faults: Faults) -> None:
    server.fault("refuse_joins", times=2)
    server.fault("close", code=1000)


def _blocked(server: Target, faults: Faults) -> None:
    server.fault("block_websocket")
    server.fault("reset_tcp")


def _refused_reads(status: int, **more: object) -> Callable[[Target], None]:
    return lambda server: server.fault("rest_status", status=status, times=3, **more)


TROUBLES = (
    Trouble("none", Loss.NOTHING, 24),
    Trouble("duplicate", Loss.NOTHING, 4, lambda server: server.fault("duplicate_events")),
    Trouble("reorder", Loss.NOTHING, 4, lambda server: server.fault("reorder_events")),
    Trouble("capped pages", Loss.NOTHING, 5, lambda server: server.fault("cap_pages", rows=7)),
    Trouble(
        "stalled reads", Loss.VISIBLE, 3, lambda server: server.fault("stall_reads", seconds=0.2)
    ),
    Trouble("refused reads", Loss.VISIBLE, 3, _refused_reads(503)),
    Trouble("hasty reads", Loss.VISIBLE, 1, _refused_reads(429, retry_after_s=1)),
    Trouble("slow reads", Loss.VISIBLE, 2, _refused_reads(500, code="57014")),
    Trouble("dropped", Loss.SILENT, 6, lambda server: server.fault("drop_events", count=3)),
    Trouble("silence", Loss.SILENT, 6, lambda server: server.fault("silence", seconds=60)),
    Trouble("deploy", Loss.VISIBLE, 3, during=_close(1012)),
    Trouble("crash of the socket", Loss.VISIBLE, 2, during=_close(1011)),
    Trouble("reset", Loss.VISIBLE, 3, during=lambda server, faults: server.fault("reset_tcp")),
    Trouble("slowly subscribed", Loss.VISIBLE, 2, during=_slowly_subscribed),
    Trouble("refused joins", Loss.VISIBLE, 2, during=_refused),
    Trouble("blocked", Loss.VISIBLE, 2, during=_blocked),
    Trouble(
        "repeated", Loss.VISIBLE, 2, during=lambda server, faults: server.fault("repeat_subscribed")
    ),
    Trouble(
        "system error",
        Loss.VISIBLE,
        2,
        during=lambda server, faults: server.fault(
            "system_error", message="Query was cancelled, please try again"
        ),
    ),
    Trouble(
        "dead subscription",
        Loss.VISIBLE,
        2,
        during=lambda server, faults: server.fault(
            "system_error",
            message='{:error, "Too many database timeouts"}',
            extension="postgres_changes",
        ),
    ),
    Trouble(
        "expired", Loss.VISIBLE, 3, during=lambda server, faults: server.fault("expire_tokens")
    ),
    Trouble(
        "postgres crash", Loss.SILENT, 3, during=lambda server, faults: faults.restart_postgres()
    ),
    Trouble(
        "postgres restart",
        Loss.SILENT,
        2,
        during=lambda server, faults: faults.restart_postgres(crash=False, down_s=0.2),
    ),
    Trouble("kill -9", Loss.VISIBLE, 2, during=_kill),
)


def choose(chance: Random, troubles: Sequence[Trouble]) -> list[Trouble]:
    """Return what goes wrong this time; often one thing, sometimes three at once."""
    count = chance.choice([1, 1, 1, 2, 3])
    weights = [trouble.weight for trouble in troubles]
    return list(dict.fromkeys(chance.choices(troubles, weights, k=count)))
