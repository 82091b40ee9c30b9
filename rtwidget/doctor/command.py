"""The command `rtwidget doctor`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from rtwidget.abc import SourceRequest
from rtwidget.errors import ArgumentError
from rtwidget.sources.secret import Secret, veiled


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser (any thread)."""
    doctor = commands.add_parser(
        "doctor",
        help="say what keeps a table from being live",
        description="Exit status: 0 when there is no problem, 1 when there is one. The key of a Supabase project "
        "comes from SUPABASE_KEY, because other users of this machine see command lines.",
    )
    doctor.add_argument("table", help="the table's name, without its schema")
    doctor.add_argument("--schema", default="public", help="its schema (default: public)")
    doctor.add_argument("--url", help="the project's URL (default: SUPABASE_URL)")
    doctor.add_argument(
        "--token-variable",
        metavar="NAME",
        help="the environment variable that holds a user's token, to read as that user",
    )
    doctor.add_argument("--source", help="a PostgreSQL connection string instead of a project")
    doctor.add_argument(
        "--dsn", help="the project's database, to look at grants, policies and the publication"
    )
    doctor.add_argument("--filter", action="append", help="as in live_table; may be given again")
    doctor.add_argument("--primary-key", help="columns that identify a row, with commas")
    doctor.add_argument(
        "--write",
        nargs="+",
        metavar="VALUE",
        help="the key of a row that may be touched, to see whether that is announced",
    )
    doctor.add_argument(
        "--insecure",
        action="store_true",
        help="allow a connection without TLS, or without a proof whose it is, to another machine",
    )


def run_command(options: argparse.Namespace) -> int:
    """Run it, and return its exit status: 1 when there is a problem.

    Raises:
        RtwidgetError: When an argument cannot work.
    """
    from rtwidget.doctor.examine import examine  # noqa: PLC0415  (the command's help needs none of it)

    report = asyncio.run(
        examine(_request(options), dsn=options.dsn, write=options.write, insecure=options.insecure)
    )
    encoding = sys.stdout.encoding or "utf-8"
    # Not every terminal has the marks; the words beside them say the same.
    sys.stdout.write(f"{report!r}\n".encode(encoding, "replace").decode(encoding))
    return 1 if report.problems else 0


def _request(options: argparse.Namespace) -> SourceRequest:
    from rtwidget.sources.arguments import Project, find_factory, request_of  # noqa: PLC0415
    from rtwidget.sources.query.checked_query import checked_query  # noqa: PLC0415

    variable = options.token_variable
    if options.source is not None and (options.url is not None or variable is not None):
        raise ArgumentError(
            "--source names a PostgreSQL server, and --url or --token-variable a Supabase project.",
            "Give the one or the other.",
        )
    query = checked_query(
        options.table,
        schema=options.schema,
        filter=options.filter,
        primary_key=options.primary_key.split(",") if options.primary_key else None,
    )
    project: Project = {
        "url": options.url,
        "key": None,
        "access_token": None if variable is None else Secret(os.environ.get(variable, "")),
        "client": None,
        "realtime_url": None,
    }
    return request_of(
        find_factory(veiled(options.source), project, insecure=options.insecure), query
    )
