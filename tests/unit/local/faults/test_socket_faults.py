"""Which handshakes and joins get through."""

from __future__ import annotations

import asyncio

from rtwidget.local.faults.socket_faults import SocketFaults
from tests.patience import PATIENCE_S


async def test_blocked_handshakes_are_refused_at_once_or_hang() -> None:
    faults = SocketFaults()
    assert await faults.lets_in()
    faults.block(blocked=True, hang=False)
    assert not await faults.lets_in()
    faults.block(blocked=True, hang=True)
    hanging = asyncio.ensure_future(faults.lets_in())
    await asyncio.sleep(0)
    assert not hanging.done()
    faults.clear()
    async with asyncio.timeout(PATIENCE_S):
        assert await hanging


async def test_who_hangs_when_the_server_ends_is_refused() -> None:
    faults = SocketFaults()
    faults.block(blocked=True, hang=True)
    hanging = asyncio.ensure_future(faults.lets_in())
    await asyncio.sleep(0)
    faults.wake()
    async with asyncio.timeout(PATIENCE_S):
        assert not await hanging


def test_so_many_joins_are_refused_as_were_asked_for() -> None:
    faults = SocketFaults()
    faults.refuse(2, "not now")
    assert [faults.take_refusal() for _ in range(3)] == ["not now", "not now", None]
    faults.refuse(1, "not now")
    faults.clear()
    assert faults.take_refusal() is None


async def test_a_delayed_subscription_goes_on_when_faults_are_cleared() -> None:
    faults = SocketFaults()
    faults.delay(1e6)
    waiting = asyncio.ensure_future(faults.before_subscribing())
    await asyncio.sleep(0)
    assert not waiting.done()
    faults.clear()
    async with asyncio.timeout(PATIENCE_S):
        await waiting
        await faults.before_subscribing()
