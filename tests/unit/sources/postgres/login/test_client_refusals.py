"""What libpq refuses by itself: the setting that is meant, and never a user or a password."""

from __future__ import annotations

import psycopg
import pytest

from rtwidget.errors import ErrorKind, SourceError
from rtwidget.sources.postgres.login.client_refusals import REFUSED_HERE
from rtwidget.sources.postgres.login.login_errors import login_error
from rtwidget.sources.postgres.login.login_kinds import Mends


def test_each_is_mended_on_this_side_by_a_setting() -> None:
    assert {one.mends for one in REFUSED_HERE} == {Mends.HERE}
    for one in REFUSED_HERE:
        assert "`source=`" in one.hint
        assert "leave it out" in one.hint.lower() or "leave out" in one.hint.lower()


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ('invalid sslmode value: "bogus"', "`source=`"),
        ('invalid integer value "x" for connection option "keepalives"', "`PG...`"),
        ("bad value for connect_timeout: 'x'", "`PG...`"),
        ('definition of service "nope" not found', "service file"),
        ('weak sslmode "prefer" may not be used with sslnegotiation=direct', "`source=`"),
        ("GSSAPI encryption required but no credential cache", "`PG...`"),
        ("channel binding required but not supported by server's authentication request", "channel_binding=require"),
        ("channel binding is required, but server did not offer an authentication method that supports channel binding", "channel_binding=require"),
        ('authentication method requirement "scram-sha-256" failed: server requested a cleartext password', "require_auth="),
    ],
)  # fmt: skip
def test_what_libpq_refuses_by_itself_is_no_servers_fault_and_no_time_mends_it(
    words: str, remedy: str
) -> None:
    said = f'connection to server at "10.0.0.1", port 5432 failed: {words}\n'
    for text in (words, said):
        error = login_error(psycopg.OperationalError(text), "h:1")
        assert (type(error), error.kind) == (SourceError, ErrorKind.NEEDS_USER)
        assert remedy in error.hint
        assert "password" not in error.hint
        assert "cannot be made" in error.message
