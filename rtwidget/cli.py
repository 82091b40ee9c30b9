"""The command `rtwidget`: a local backend, alone or with the demo, the doctor, and what a PostgreSQL server needs."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from rtwidget.doctor import command as doctor
from rtwidget.errors import RtwidgetError
from rtwidget.sources.postgres.triggers import setup_command as postgres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rtwidget.local import LocalBackend

# JupyterLab tells nobody that it is ready or has ended, so it is looked at: often while somebody waits for it.
READY_POLL_S = 0.3
LOOK_EVERY_S = 1.0
# A closed terminal too, because JupyterLab runs in a session of its own and would stay.
_ENDINGS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
_ONCE = {"doctor": doctor.run_command, "postgres": postgres.run_command}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    Args:
        arguments: Command line without the program's name; None takes the process's.
    """
    options = _parser().parse_args(arguments)
    if options.command is None:
        _parser().print_help()
        return 2
    stopping = threading.Event()
    once = _ONCE.get(options.command)
    # What runs once is ended by Ctrl-C as any program.
    endings = [] if once else _ENDINGS
    # A flag and no exception, so that the notebook, the writer and the backend end one after the other.
    previous = {number: signal.signal(number, lambda *_: stopping.set()) for number in endings}
    try:
        if once:
            return once(options)
        run = _serve if options.command == "serve" else _demo
        run(options, stopping)
    except RtwidgetError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except ModuleNotFoundError as error:
        extra = "postgres" if once else "demo"
        sys.stderr.write(
            f"`rtwidget {options.command}` needs the package {error.name}, which is not "
            f"installed. Run `pip install 'rtwidget[{extra}]'`.\n"
        )
        return 1
    finally:
        # Given back, because whoever called this from a program of its own goes on.
        for number, handler in previous.items():
            signal.signal(number, handler)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rtwidget", description="Live Supabase/Postgres tables in Jupyter."
    )
    commands = parser.add_subparsers(dest="command")
    serve = commands.add_parser("serve", help="run a local Supabase-compatible backend")
    serve.add_argument("--port", type=int, default=0, help="port of the backend (default: free)")
    serve.add_argument("--demo", action="store_true", help="with the demo's table and writer")
    demo = commands.add_parser("demo", help="show a live table in JupyterLab on a local backend")
    demo.add_argument("--port", type=int, default=0, help="port of JupyterLab (default: free)")
    demo.add_argument("--no-browser", action="store_true", help="do not open a browser")
    demo.add_argument("--no-lab", action="store_true", help="backend and writer only")
    doctor.add_command(commands)
    postgres.add_command(commands)
    for command in (serve, demo):
        command.add_argument("--dsn", help="use this Postgres instead of a throw-away one")
        command.add_argument(
            "--rate", type=float, default=5.0, help="changes a second of the demo's writer"
        )
    return parser


def _serve(options: argparse.Namespace, stopping: threading.Event) -> None:
    from rtwidget.local import LocalBackend  # noqa: PLC0415  (needs the extra packages)

    with ExitStack() as stack:
        backend = stack.enter_context(LocalBackend(dsn=options.dsn, port=options.port))
        if options.demo:
            _write_demo(stack, backend, options.rate)
        _say_keys(backend)
        _say("Ctrl-C ends it.")
        stopping.wait()


def _demo(options: argparse.Namespace, stopping: threading.Event) -> None:
    from rtwidget.local import LocalBackend  # noqa: PLC0415
    from rtwidget.local.demo.lab_process import Lab  # noqa: PLC0415

    with ExitStack() as stack:
        _say("Starting a local backend ...")
        backend = stack.enter_context(LocalBackend(dsn=options.dsn))
        _write_demo(stack, backend, options.rate)
        if options.no_lab:
            _say_keys(backend)
            _say("Ctrl-C ends it.")
            stopping.wait()
            return
        environment = {
            "SUPABASE_URL": backend.url,
            "SUPABASE_ANON_KEY": backend.anon_key,
            "RTWIDGET_DEMO_DSN": backend.dsn,
        }
        _say("Starting JupyterLab on a copy of the notebook ...")
        lab = stack.enter_context(Lab(environment, options.port, browser=not options.no_browser))
        while not lab.is_ready() and not lab.has_ended():
            if stopping.wait(READY_POLL_S):
                return
        _say(f"Open {lab.url}")
        _say("Ctrl-C ends everything.")
        while not stopping.wait(LOOK_EVERY_S):
            if lab.has_ended():
                raise RtwidgetError("JupyterLab has ended.", lab.log_tail())
        _say("Ending ...")


def _write_demo(stack: ExitStack, backend: LocalBackend, rate_per_s: float) -> None:
    from rtwidget.local.demo.demo_table import TABLE, create_demo  # noqa: PLC0415
    from rtwidget.local.demo.demo_writer import DemoWriter  # noqa: PLC0415

    create_demo(backend.dsn)
    stack.enter_context(DemoWriter(backend.dsn, rate_per_s))
    _say(f"Table {TABLE}: {rate_per_s:g} changes a second.")


def _say_keys(backend: LocalBackend) -> None:
    _say(f"SUPABASE_URL={backend.url}")
    _say(f"SUPABASE_ANON_KEY={backend.anon_key}")
    _say(f"SUPABASE_SERVICE_ROLE_KEY={backend.service_key}")
    _say(f"RTWIDGET_DEMO_DSN={backend.dsn}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    # Whoever reads the address through a pipe would else wait for more lines.
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
