"""A local backend with one big table, in a process of its own: what it costs must not count as ours."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from rtwidget.local import LocalBackend

TABLE = "big"
_CATCH_UP_S = 300.0
_CREATE = f"""
create table {TABLE} (
    id bigint primary key, name text, category text, note text,
    price float8, quantity float8, score float8, active boolean,
    created_at timestamptz, updated_at timestamptz, day date, meta jsonb, uid uuid
)
"""
# The statement has a parameter, so `%%` is what reaches the server as `%`.
_FILL = f"""
insert into {TABLE}
select g, 'name ' || g, 'category ' || g %% 20, md5(g::text), g * 0.37, g %% 1000, random(), g %% 3 = 0,
    timestamptz '2024-01-01' + g * interval '1 minute', timestamptz '2025-01-01' + g * interval '1 second',
    date '2020-01-01' + g %% 2000, jsonb_build_object('a', g, 'tags', jsonb_build_array('x', g %% 7)),
    gen_random_uuid()
from generate_series(1, %s) g
"""


@dataclass(frozen=True, slots=True)
class BigBackend:
    """The other process, seen from here.

    Args:
        url: The project's URL.
        key: Its anonymous key.
        pipe: Where commands go.
    """

    url: str
    key: str
    pipe: Connection

    def latency(self, seconds: float) -> None:
        """Let every answer come so much later, from now on."""
        self.pipe.send(seconds)
        self.pipe.recv()


@contextmanager
def big_backend(rows: int) -> Iterator[BigBackend]:
    """Run a backend whose table has so many rows of 13 columns; it is gone at the end."""
    here, there = multiprocessing.Pipe()
    # A fresh interpreter: a fork would copy the threads' locks, and the memory that others measure.
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, rows))
    process.start()
    # The child has its own; while ours is open, nobody here would notice that the child has died.
    there.close()
    try:
        url, key = here.recv()
        yield BigBackend(url, key, here)
    finally:
        # The backend takes the end of the pipe for its own end.
        here.close()
        process.join()


def _serve(pipe: Connection, rows: int) -> None:
    with LocalBackend() as backend:
        backend.sql(_CREATE)
        backend.sql(_FILL, rows)
        # Published only now, or the server would be busy with telling each of these rows to nobody.
        backend.sql(f"alter publication supabase_realtime add table {TABLE}")
        # What the server would do some time after such a load is done before anybody is timed.
        backend.sql(f"vacuum analyze {TABLE}")
        backend.sql("checkpoint")
        backend.catch_up(_CATCH_UP_S)
        pipe.send((backend.url, backend.anon_key))
        while True:
            try:
                seconds = pipe.recv()
            except EOFError:
                return
            backend.faults.latency(seconds)
            pipe.send(None)
