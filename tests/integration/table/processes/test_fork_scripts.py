"""Forks of programs that have nothing but live tables: what a child holds of them, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rtwidget.local import LocalBackend
from tests.integration.table.conftest import publish, until_true
from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[4]
BEGIN = """
import gc, os, sys, warnings
warnings.simplefilter("ignore", DeprecationWarning)
from rtwidget import live_table
name, url, key, dsn = sys.argv[1:]
def supabase(): return live_table(name, url=url, key=key)
def postgres(): return live_table(name, source=dsn)
def held():
    links = {}
    for number in os.listdir("/proc/self/fd"):
        try:
            links[int(number)] = os.readlink(f"/proc/self/fd/{number}")
        except FileNotFoundError:
            pass  # the listing itself
    return links
"""
# The modules that the first table needs are being imported on its own thread just now.
AT_ONCE = """
table = supabase()
child = os.fork()
if child == 0:
    with supabase() as own:
        print(len(own.df), flush=True)
    os._exit(0)
os.waitpid(child, 0)
print(len(table.df))
"""
LETS_GO = """
before = set(held().values())
tables = [supabase().wait_ready(), postgres().wait_ready()]
ours = {number: link for number, link in held().items() if link not in before}
kinds = {link.partition(":")[0] for link in ours.values()}
assert len(ours) >= 5 and {"socket", "anon_inode"} <= kinds, ours
other = os.open(sys.executable, os.O_RDONLY)
child = os.fork()
if child == 0:
    now = held()
    print(sorted(set(now.values()) & set(ours.values())), now[other] == os.path.realpath(sys.executable), flush=True)
    os._exit(0)
os.waitpid(child, 0)
for table in tables:
    table.refresh()
print([table.stats.connections for table in tables])
"""
ENDS = """
tables = [supabase().wait_ready(), postgres().wait_ready(), supabase()]
child = os.fork()
if child == 0:
    with supabase() as own:
        own.wait_ready()
    del tables
    gc.collect()
    sys.exit(0)
print(os.waitpid(child, 0)[1], flush=True)
sys.stdin.readline()
tables[0].wait_for(lambda df: 99 in df.index)
tables[1].wait_for(lambda df: 99 in df.index)
print([table.stats.connections for table in tables])
"""


@pytest.fixture
def arguments(backend: LocalBackend, name: str) -> list[str]:
    publish(backend, name, "id int primary key")
    backend.sql(f"insert into {name} select generate_series(1, 5)")
    return [name, backend.url, backend.anon_key, backend.dsn]


def ran(script: str, arguments: list[str], entered: str = "") -> list[str]:
    """Run a program, and return its lines; it must end well and complain of nothing."""
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", BEGIN + script, *arguments],
        check=False,
        capture_output=True,
        cwd=ROOT,
        input=entered,
        text=True,
        timeout=PATIENCE_S,
    )
    assert ended.stderr == ""
    assert ended.returncode == 0
    return ended.stdout.splitlines()


def test_a_fork_right_after_the_first_table(arguments: list[str]) -> None:
    assert ran(AT_ONCE, arguments) == ["5", "5"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel what a process holds")
def test_a_child_holds_nothing_of_its_parents_connections(arguments: list[str]) -> None:
    assert ran(LETS_GO, arguments) == ["[] True", "[1, 0]"]


def test_a_child_that_ends_in_order_says_nothing_for_its_parent(
    backend: LocalBackend, name: str, arguments: list[str]
) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", BEGIN + ENDS, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "0\n"
        until_true(lambda: backend.subscriptions == 1, "The end of the child's table alone")
        backend.sql(f"insert into {name} values (99)")
        told, errors = process.communicate("\n", timeout=PATIENCE_S)
    assert errors == ""
    assert process.returncode == 0
    assert told == "[1, 0, 1]\n"
