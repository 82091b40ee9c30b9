"""`Postgres`: a PostgreSQL server as `live_table(source=...)` takes it, without loading its library before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rtwidget.abc import SourceRequest, TableQuery
from rtwidget.errors import ArgumentError
from rtwidget.sources.immutable import Immutable
from rtwidget.sources.secret import Secret, veiled

if TYPE_CHECKING:
    from rtwidget.sources.postgres.connect.address import Address


class Postgres(Immutable):
    """A PostgreSQL server, read as one role: `live_table("orders", source=Postgres("postgresql://user@host/db"))`.

    Made and checked once, on any thread, and used for as many tables as you like; nothing is contacted before a table
    is. Equal ones are equal, and share connections and rows. It shows its password to nobody, and cannot be pickled.
    Needs `pip install 'rtwidget[postgres]'`.

    Args:
        dsn: The connection string: a URL, such as "postgresql://user@host/db", or libpq's `name=value` pairs. What it
            leaves out comes from `PGHOST` and its like, and from the password file.
        insecure: Whether rows may come from another machine that does not prove who it is, and in the clear.

    Raises:
        ArgumentError: When an argument cannot work, or the package psycopg is missing.
        CredentialsError: When the connection string cannot be read, or would let rows travel in the clear.
    """

    __slots__ = ("_address", "_insecure")
    _address: Address
    _insecure: bool

    def __init__(self, dsn: str | Secret, *, insecure: bool = False) -> None:
        # From here on, no traceback that shows variables can show it.
        dsn = veiled(dsn)
        self._demand_switch("insecure", insecure)
        self._fix(_address=checked(dsn, argument="source", insecure=insecure), _insecure=insecure)

    @property
    def address(self) -> Address:
        """Where it is, and as whom to log in."""
        return self._address

    def request_for(self, query: TableQuery) -> SourceRequest:
        """Return the request for a table of this server (any thread).

        Raises:
            FilterError: When only PostgREST could read the filter.
        """
        from rtwidget.sources.postgres.request import PostgresRequest  # noqa: PLC0415  (an extra)

        return PostgresRequest(query, self._address)

    def _shown(self) -> str:
        insecure = ", insecure=True" if self._insecure else ""
        return f"Postgres(*** at {self._address.host}{insecure})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Postgres) and self._address.identity == other._address.identity

    def __hash__(self) -> int:
        return hash(self._address.identity)


def address_of(given: object, *, argument: str, insecure: bool) -> Address:
    """Return where an argument leads: a connection string, or a `Postgres` that was made of one (any thread).

    Args:
        given: The argument.
        argument: Its name, for people.
        insecure: Whether rows may come from another machine that proves nothing; a `Postgres` says so itself.

    Raises:
        ArgumentError: When it cannot work, or the package psycopg is missing.
        CredentialsError: When the connection string cannot work.
    """
    if not isinstance(given, Postgres):
        return checked(veiled(given), argument=argument, insecure=insecure)
    if insecure:
        raise ArgumentError(
            f"insecure=True stands beside {argument}=, which is a Postgres object.",
            "Pass it to `Postgres(..., insecure=True)`.",
        )
    return given.address


def checked(dsn: object, *, argument: str, insecure: bool) -> Address:
    """Return the address in a connection string, given as a secret (any thread); raises as `address_of` does."""
    try:
        from rtwidget.sources.postgres.connect.address import checked_address  # noqa: PLC0415  (an extra)
    except ImportError:
        raise ArgumentError(
            f"{argument}= needs the package psycopg, which is not installed or lacks its libpq.",
            "Run `pip install 'rtwidget[postgres]'`.",
        ) from None
    return checked_address(dsn, insecure=insecure)
