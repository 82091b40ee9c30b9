"""Everything on the other side of the network, and what opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from tests.sim.servers.network import Network
from tests.sim.servers.realtime_server import Server
from tests.sim.servers.table import Table
from tests.sim.servers.tokens import TokenChecks


class Meter(Protocol):
    """Told when reads begin and end, and when a user asks for one."""

    def began(self, source: Any, kind: str, size: int) -> None: ...

    def ended(self, source: Any, kind: str, *, failed: bool) -> None: ...

    def asked(self) -> None: ...


@dataclass
class Backend:
    """Everything on the other side of the network."""

    table: Table
    server: Server
    network: Network
    meter: Meter
    tokens: TokenChecks
    versions: bool = False
    row_bytes: int = 40
    page_rows: int = 1000
    leave_s: float = 0.05
