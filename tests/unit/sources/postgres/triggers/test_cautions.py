"""What whoever enables a table has to know, beyond what every table has in common."""

from __future__ import annotations

import msgspec
import pytest

from rtwidget.sources.postgres.catalog.catalog import Announced, Table
from rtwidget.sources.postgres.triggers.cautions import QUEUE, cautions

TABLE = Table(1, "r", "web", "owner", (), ())
BELOW = Announced(below=(("public", "t_1"), ("public", "t_2")))


def test_the_queue_concerns_everybody() -> None:
    assert cautions("t", TABLE, 0) == [QUEUE]


@pytest.mark.parametrize(
    ("kind", "announced", "prepared", "words"),
    [
        ("r", Announced(), 5, "prepared transactions"),
        ("r", Announced(subscribed=True), 0, "logical replication"),
        ("p", BELOW, 0, "Partitions that come later"),
        ("r", BELOW, 0, "There are now t_1, t_2."),
    ],
)
def test_what_is_special_is_told(
    kind: str, announced: Announced, prepared: int, words: str
) -> None:
    table = msgspec.structs.replace(TABLE, kind=kind, announced=announced)
    assert any(words in one for one in cautions("t", table, prepared))


def test_only_of_tables_that_inherit_the_key_is_in_doubt() -> None:
    heirs = msgspec.structs.replace(TABLE, announced=BELOW)
    assert len(cautions("t", heirs, 0)) == 3
    assert len(cautions("t", msgspec.structs.replace(heirs, kind="p"), 0)) == 2
