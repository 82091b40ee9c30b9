"""The command `rtwidget postgres enable|disable|status`."""

from __future__ import annotations

import argparse
import sys
from itertools import takewhile


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser (any thread)."""
    postgres = commands.add_parser(
        "postgres", help="make a table of PostgreSQL announce its changes"
    )
    actions = postgres.add_subparsers(dest="action", required=True)
    for name, purpose in (
        ("enable", "install the triggers that announce changed keys; twice is once"),
        ("disable", "take them away again"),
        ("status", "say whether they are there"),
    ):
        action = actions.add_parser(name, help=purpose)
        action.add_argument("table", help="the table's name, without its schema")
        action.add_argument("--schema", default="public", help="its schema (default: public)")
        action.add_argument(
            "--dsn",
            default="",
            help="connection string of the table's owner; PGHOST, PGUSER, PGPASSWORD and so on say "
            "what it leaves out, and a password there is not seen by other users of this machine",
        )
        action.add_argument(
            "--insecure",
            action="store_true",
            help="allow a connection without TLS, or without a proof whose it is, to another machine",
        )
        if name != "status":
            action.add_argument(
                "--dry-run", action="store_true", help="print the SQL and run nothing"
            )
        if name == "enable":
            action.add_argument(
                "--key",
                help="columns that identify a row, with commas, where there is no primary key",
            )


def run_command(options: argparse.Namespace) -> int:
    """Run it, and return its exit status: 1 when `status` finds a table that does not announce its changes.

    Raises:
        RtwidgetError: When the table, the login or a right is missing.
    """
    # psycopg is loaded by the command that needs it.
    from rtwidget.sources.postgres import setup  # noqa: PLC0415

    table, dsn, schema = options.table, options.dsn, options.schema
    if options.action == "status":
        found = setup.status(table, dsn, schema=schema, insecure=options.insecure)
        sys.stdout.write(f"{found}\n")
        return 0 if found.enabled else 1
    if options.action == "disable":
        statements = setup.disable(
            table, dsn, schema=schema, dry_run=options.dry_run, insecure=options.insecure
        )
        said = "announces nothing any more"
    else:
        statements = setup.enable(
            table,
            dsn,
            schema=schema,
            primary_key=options.key.split(",") if options.key else None,
            dry_run=options.dry_run,
            insecure=options.insecure,
        )
        said = "announces its changes"
    if options.dry_run:
        sys.stdout.write(statements)
        return 0
    # What to know of it stands above the SQL, as comments.
    comments = takewhile(lambda line: line.startswith("-- "), statements.splitlines())
    known = [comment.removeprefix("-- ") for comment in comments]
    sys.stdout.write("\n".join([f"{schema}.{table} {said}.", *known, ""]))
    return 0
