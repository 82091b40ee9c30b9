"""What several use together is made once, and closed by the last of them."""

from __future__ import annotations

import asyncio
import gc

from rtwidget.sources.connections.shared_resource import Share, Sharing


class Thing:
    """Something that costs."""


async def test_one_is_made_for_all_and_the_last_is_told() -> None:
    sharing = Sharing[Thing]()
    one, other = sharing.join("a", Thing), sharing.join("a", Thing)
    assert one is other
    assert sharing.join("b", Thing) is not one
    assert (one.leave(), other.leave()) == (False, True)


async def test_what_everybody_left_is_not_joined_again() -> None:
    sharing = Sharing[Thing]()
    left = sharing.join("a", Thing)
    left.leave()
    assert sharing.join("a", Thing) is not left


async def test_without_users_nothing_is_kept() -> None:
    sharing = Sharing[Thing]()
    sharing.join("a", Thing)
    gc.collect()
    assert not sharing._shares


def test_each_loop_has_its_own() -> None:
    sharing, found = Sharing[Thing](), list[Share[Thing]]()

    async def join() -> None:
        found.append(sharing.join("a", Thing))

    for _ in range(2):
        asyncio.run(join())
    assert found[0] is not found[1]
