"""The cells of a notebook in which a lot goes wrong while everything is logged and every variable is shown."""

from __future__ import annotations

SET_UP = """
import logging
from pathlib import Path

logging.basicConfig(filename="everything.log", level=1, force=True)
for name in ("", *logging.Logger.manager.loggerDict):
    logging.getLogger(name).setLevel(1)


def secret(name):
    return Path("secrets", name).read_text()


%xmode Verbose
"""
LIVE = """
from rtwidget import live_table

mine = live_table(
    "notes", url=secret("url"), key=secret("anon key"), access_token=lambda: secret("token"), filter="owner=eq.ada"
)
mine
"""
LIVE_POSTGRES = """
plain = live_table("notes", source=secret("dsn"))
plain
"""
READY = """
mine.wait_for(lambda df: len(df) == 2)
plain.wait_for(lambda df: len(df) == 3)
print(repr(mine), mine.status, mine.stats, mine.df.attrs, vars(mine), plain, plain.status, vars(plain))
mine.df
"""
SERVICE = """
whole = live_table("notes", url=secret("url"), key=secret("service key"), verify_every=1).wait_ready()
whole
"""
# Each raises, and shows the variables of every frame.
FAILURES = (
    'live_table("notes", url=secret("url"), key=secret("forged")).wait_ready(timeout=3)',
    'live_table("notes", url=secret("url"), key=secret("anon key"), access_token=secret("forged")).wait_ready(timeout=3)',
    'live_table("notes", url="http://127.0.0.1:9", key=secret("anon key")).wait_ready(timeout=1)',
    'live_table("notes", url="http://db.example", key=secret("anon key"))',
    'live_table("notes", url=secret("url"), key=secret("anon key"), access_token=secret("token"), limit=-1)',
    'live_table("notes", url=secret("url"), key=secret("anon key"), realtime_url="wss://h/?apikey=" + secret("forged"), order_by=5)',
    'live_table("no_such_table", url=secret("url"), key=secret("anon key")).wait_ready()',
    'live_table("notes", source=secret("dsn") + "?no_such_option=1")',
    'live_table("notes", source=secret("wrong dsn")).wait_ready(timeout=2)',
    'live_table("notes", source=secret("dsn").replace("127.0.0.1", "db.example") + "?sslmode=disable")',
    "mine.wait_for(lambda df: False, timeout=0.2)",
    "mine.nonsense",
)
# A fault of ours in the middle of a read and of a join, where the secrets are nearest.
CRASH = """
import rtwidget.sources.supabase.rest.rest_reads as rest
import rtwidget.sources.supabase.realtime.socket as socket


def broken(*arguments, **options):
    raise ZeroDivisionError("a fault")


kept = rest.RowDecoder.rows, socket.Channel.join
for room, name in ((rest.RowDecoder, "rows"), (socket.Channel, "join")):
    setattr(room, name, broken)
    crashed = live_table("notes", url=secret("url"), key=secret("anon key"), access_token=secret("other token"))
    crashed._handle.wait(lambda: crashed.status.state.value == "failed" or None, 10, "The fault")
    crashed.close()
    rest.RowDecoder.rows, socket.Channel.join = kept
"""
REPORT = """
import traceback

import httpx

# What httpx and those below it say of a request that is not ours is in the log.
httpx.get(secret("url") + "/auth/v1/health")

# What programs that show variables make of the last fault: every frame of ours, whole.
report = []


class Reporter(logging.Handler):
    def emit(self, record):
        error = record.exc_info and record.exc_info[1]
        if error is not None:
            told = traceback.TracebackException.from_exception(error, capture_locals=True)
            report.extend(told.format())


logging.getLogger("rtwidget").addHandler(Reporter())
"""
END = """
with open("report.txt", "w") as file:
    file.write("".join(report))
for table in (mine, plain, whole):
    table.close()
len(report) > 0
"""
CELLS = (SET_UP, LIVE, LIVE_POSTGRES, READY, SERVICE, *FAILURES, REPORT, CRASH, END)
