"""What libpq and psycopg refuse before a server is asked, and what they demanded of one that cannot give it. Pure.

The words are those of libpq's `fe-connect.c` and `fe-auth.c`, and of psycopg's module `conninfo`.
"""

from __future__ import annotations

from collections.abc import Sequence

from rtwidget.sources.postgres.login.login_kinds import Mends, Refusal

REFUSED_HERE: Sequence[Refusal] = (
    Refusal(
        r"channel binding",
        Mends.HERE,
        "Leave out `channel_binding=require` in `source=` (or `PGCHANNELBINDING`): poolers and proxies that end TLS cannot offer it.",
    ),
    Refusal(
        r"authentication method requirement",
        Mends.HERE,
        "Name what the server asks for by `require_auth=` in `source=` (or `PGREQUIREAUTH`), or leave it out.",
    ),
    Refusal(
        r"^invalid \S+ value: |^invalid (integer value|port number)|bad value for \w+:|weak sslmode|sslmode value .* invalid"
        r"|definition of service .* not found|service file .* not found|could not match \d+ |could not parse network address"
        r"|encoding with 'idna' codec|GSSAPI encryption required|socket path .* too long",
        Mends.HERE,
        "Write that setting in another way in `source=`, or leave it out; where it does not stand there, it comes from a variable "
        "`PG...` of the environment or a service file.",
    ),
)
"""They stand before all others, which would send people to look at a user, a password or a port."""
