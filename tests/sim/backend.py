"""Everything on the other side of the network, and the tokens that open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from tests.sim.network import Network
from tests.sim.server import Server
from tests.sim.table import Table


class Meter(Protocol):
    """Told when reads begin and end, and when a user asks for one."""

    def began(self, source: Any, kind: str, size: int) -> None: ...

    def ended(self, source: Any, kind: str, *, failed: bool) -> None: ...

    def asked(self) -> None: ...


@dataclass
class Session:
    """Somebody's token; it is renewed, and its identity may change."""

    identity: str
    token: str = "first"


@dataclass
class Backend:
    """Everything on the other side of the network."""

    table: Table
    server: Server
    network: Network
    meter: Meter
    versions: bool = False
    row_bytes: int = 40
    page_rows: int = 1000
    leave_s: float = 0.05
