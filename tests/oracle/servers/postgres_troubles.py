"""What goes wrong between a live table and a Postgres during a batch."""

from __future__ import annotations

from tests.oracle.servers.troubles import Loss, Trouble

POSTGRES_TROUBLES = (
    Trouble("none", Loss.NOTHING, 30),
    Trouble("held back", Loss.NOTHING, 5, lambda server: server.fault("hold")),
    Trouble("dropped", Loss.SILENT, 8, lambda server: server.fault("drop")),
    Trouble("cut", Loss.VISIBLE, 6, during=lambda server, faults: server.fault("cut")),
    Trouble("killed", Loss.VISIBLE, 6, during=lambda server, faults: server.fault("kill")),
    Trouble(
        "postgres crash", Loss.VISIBLE, 3, during=lambda server, faults: faults.restart_postgres()
    ),
    Trouble(
        "postgres restart",
        Loss.VISIBLE,
        2,
        during=lambda server, faults: faults.restart_postgres(crash=False, down_s=0.2),
    ),
)
