"""Losses that simulation found, at the level of a feed; each scene goes wrong without its clause."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.sim.checks.mutants import (
    NoCoverage,
    NoFloor,
    NoNewer,
    NoResetFloor,
    NoStandingWant,
    NoWhole,
)
from tests.sim.checks.oracle import ObservedReplica, ViolationError
from tests.sim.runs.stage import CALM, Stage, play_scene

Scene = Callable[[Stage], Awaitable[None]]


async def a_slow_key_read_comes_after_truncate_and_a_pass(stage: Stage) -> None:
    stage.put(1)
    await stage.wait(70.0)
    stage.put(1)
    stage.backend.network.hold_next("keys", 8.0)
    await stage.wait(1.0)
    stage.table.truncate()
    stage.users[0].attachment.refresh()
    await stage.wait(3.0)
    assert stage.shown() == set()
    await stage.wait(10.0)
    assert stage.shown() == set()


async def a_key_read_is_under_way_at_a_reset(stage: Stage) -> None:
    stage.put(1)
    await stage.wait(70.0)
    stage.put(1)
    stage.backend.network.hold_next("keys", 10.0)
    await until_read(stage, "keys")
    # It looks after the columns changed, so its answer fits the table that the reset makes.
    stage.table.flip_column()
    stage.users[0].attachment.refresh()
    await until_read(stage, "describe")
    stage.table.truncate()
    # Between the reset and the end of the next pass nothing but the reset keeps the old answer out.
    stage.backend.network.hold_next("last", 12.0)
    await stage.wait(0.1)
    for _ in range(150):
        await stage.wait(0.1)
        assert stage.shown() == set()


async def until_read(stage: Stage, kind: str) -> None:
    before = stage.meter.reads[kind]
    while stage.meter.reads[kind] == before:
        await stage.wait(0.001)


async def a_read_of_three_keys_is_cut_off_after_one(stage: Stage) -> None:
    stage.put(1, 2, 3)
    await stage.wait(70.0)
    stage.backend.network.faults.key_cap = 1
    stage.put(1, 2, 3)
    for _ in range(50):
        await stage.wait(0.05)
        assert stage.shown() == {(1,), (2,), (3,)}
    assert stage.replica().dirty == {}


async def deleted_keys_are_covered_by_a_pass(stage: Stage) -> None:
    stage.put(1, 2)
    await stage.wait(70.0)
    stage.backend.network.fail_next("keys", 1_000_000)
    stage.delete(1, 2)
    await stage.wait(8.0)
    stage.users[0].attachment.refresh()
    await stage.wait(5.0)
    assert stage.shown() == set()
    assert stage.replica().dirty == {}


async def a_slow_page_comes_after_a_key_read(stage: Stage) -> None:
    stage.put(1)
    await stage.wait(70.0)
    stage.backend.network.hold_next("page", 4.0)
    stage.users[0].attachment.refresh()
    await stage.wait(1.0)
    stage.put(1, score=7)
    for _ in range(60):
        await stage.wait(0.1)
    stage.demand_equal()


async def a_gap_is_seen_during_a_pass(stage: Stage) -> None:
    stage.put(1)
    await stage.wait(70.0)
    stage.backend.network.hold_next("page", 1.0)
    stage.users[0].attachment.refresh()
    await stage.wait(0.5)
    stage.server.faults.losing = True
    stage.put(1, score=7)
    stage.users[0].attachment.refresh()
    # The one that runs has looked already; the next may begin after ten times its time.
    await stage.wait(13.0)
    stage.demand_equal()


SCENES: list[tuple[Scene, type[ObservedReplica]]] = [
    (a_slow_key_read_comes_after_truncate_and_a_pass, NoFloor),
    (a_key_read_is_under_way_at_a_reset, NoResetFloor),
    (a_read_of_three_keys_is_cut_off_after_one, NoWhole),
    (deleted_keys_are_covered_by_a_pass, NoCoverage),
    (a_slow_page_comes_after_a_key_read, NoNewer),
    (a_gap_is_seen_during_a_pass, NoStandingWant),
]


@pytest.mark.parametrize(("scene", "mutant"), SCENES)
def test_the_loss_is_repaired(scene: Scene, mutant: type[ObservedReplica]) -> None:
    play_scene(scene, plan=CALM)


@pytest.mark.parametrize(("scene", "mutant"), SCENES)
def test_the_loss_shows_without_its_clause(scene: Scene, mutant: type[ObservedReplica]) -> None:
    with pytest.raises((ViolationError, AssertionError)):
        play_scene(scene, plan=CALM, replica=mutant)
