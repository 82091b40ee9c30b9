"""What people paste as a connection string: what is wrong with it is said, and no part of a password is ever taken for a host."""

from __future__ import annotations

import pytest

from rtwidget.errors import CredentialsError
from rtwidget.sources.postgres.connect.address import checked_address
from rtwidget.sources.secret import Secret
from tests.unit.sources.postgres.shown import shown


def refused(text: str) -> CredentialsError:
    with pytest.raises(CredentialsError) as caught:
        checked_address(Secret(text), insecure=True)
    return caught.value


@pytest.mark.parametrize(
    "password", ["hun@ter2", "hun/ter2", "1234/ter2", "hun@/ter2", "hu/n@ter2", "@hunter2", "hunter2@", "hu?n/ter2", "hun%ter2", "hun ter2", "hun\0ter2", "hunter2:/x"]
)  # fmt: skip
@pytest.mark.parametrize("ending", ["h:5432/db", "h/db?sslmode=require"])
def test_a_password_that_is_not_encoded_is_told_so_and_shown_nowhere(
    password: str, ending: str
) -> None:
    error = refused(f"postgresql://me:{password}@{ending}")
    assert "ter2" not in shown(error)
    assert "ter2" not in f"{error}{error!r}"
    assert "%40" in error.hint or "zero byte" in error.message


@pytest.mark.parametrize("port", ["abc", "0", "99999", "1,x"])
def test_a_port_that_is_none_is_refused_at_once(port: str) -> None:
    assert "65535" in refused(f"host=a,b port={port} dbname=x").message
    assert port not in refused(f"host=a,b port={port} dbname=x").message.replace("65535", "")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("postgresql://postgres:[YOUR-PASSWORD]@db.ref.supabase.co:5432/postgres", "your own value"),
        ("postgresql://postgres:<password>@h/db", "your own value"),
        ("postgresql://u:p@<host>/db", "your own value"),
        ("postgresql://u:p@h/db?pgbouncer=true&connection_limit=1", "`pgbouncer=`, `connection_limit=`"),
        ("postgres://u:p@h/db?schema=sales", '`schema="..."`'),
        ("postgresql+asyncpg://u:p@h/db", "after the `+`"),
        ("jdbc:postgresql://h/db", "`jdbc:`"),
        ("psql 'postgresql://u:p@h/db'", "`psql`"),
        ('"postgresql://u:p@h/db"', "quotes"),
        ("\u201cpostgresql://u:p@h/db\u201d", "quotes"),
        ("DATABASE_URL=postgresql://u:p@h/db", "variable"),
        ('export DATABASE_URL="postgresql://u:p@h/db"', "variable"),
        ("Host=h;Port=5432;Username=u;Password=p", "spaces between"),
        ("u:p@h/db", "`postgresql://`"),
        ("h:5432/db", "`postgresql://`"),
        ("mysql://u:p@h/db", "Only PostgreSQL"),
        ("https://ref.supabase.co", "`url=`"),
    ],
)  # fmt: skip
def test_what_was_pasted_is_told_what_it_lacks(text: str, remedy: str) -> None:
    assert remedy in refused(text).hint


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me:p%40s%2Fs@h:5432/db",
        "postgresql:///db?host=/tmp/run&user=a@b",
        "postgresql://%2Ftmp%2Frun/db",
        "postgresql://me:a?b@h/db",
        "postgresql://h1:1,h2:2,h3/db",
        "postgresql://me:pw@[::1]:5432/db",
        "host=/tmp/run user=a@b password=p@/w port=5432",
        "host=a,b port=1,",
        "postgresql://me:[brackets]@h/db",
    ],
)
def test_what_libpq_reads_as_it_is_meant_is_taken(text: str) -> None:
    checked_address(Secret(text), insecure=True)


def test_a_line_end_of_a_file_or_a_variable_is_no_part_of_the_database() -> None:
    found = checked_address(Secret(" postgresql://me@h/db\n"), insecure=True)
    assert "dbname=db " in f"{found.dsn.reveal()} "
