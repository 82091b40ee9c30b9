"""Columns that change under a table, each a scene that a seed met first."""

from __future__ import annotations

from dataclasses import replace

from tests.sim.runs.stage import CALM, Stage, play_scene


def test_columns_that_the_catalog_does_not_show_yet_are_not_asked_for_without_a_pause() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1)
        await stage.wait(70.0)
        stage.backend.network.faults.catalog = stage.table.columns
        stage.table.flip_column()
        stage.users[0].attachment.refresh()
        before = sum(stage.meter.reads.values())
        await stage.wait(10.0)
        assert sum(stage.meter.reads.values()) - before < 60
        stage.backend.network.faults.catalog = None
        await stage.wait(30.0)
        stage.demand_equal()

    play_scene(scene)


def test_columns_that_a_key_read_finds_changed_are_described_at_once() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, 2)
        await stage.wait(60.0)
        stage.backend.network.faults.slow_s = 2.0
        await stage.wait(20.0)
        stage.backend.network.faults.slow_s = 0.0
        stage.table.flip_column()
        stage.put(1)
        await stage.wait(8.0)
        stage.demand_equal()

    play_scene(scene)


def test_a_compare_pass_sees_that_the_columns_have_changed() -> None:
    async def scene(stage: Stage) -> None:
        stage.put(1, 2, 3)
        await stage.wait(70.0)
        stage.table.flip_column()
        stage.users[0].attachment.refresh()
        await stage.wait(10.0)
        stage.demand_equal()

    play_scene(scene, plan=replace(CALM, versions=True, row_bytes=400_000))
