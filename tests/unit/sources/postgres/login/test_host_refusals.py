"""What poolers and managed hosts want besides: each is found by its words before any other, and says what to do."""

from __future__ import annotations

import re

import pytest

from rtwidget.sources.postgres.login.host_refusals import REFUSED_BY_HOSTS
from rtwidget.sources.postgres.login.login_kinds import Mends

SAID_AND_REMEDY = (
    ("Tenant or user not found", "postgres.<project ref>"),
    ("no such database: shop", "user and database"),
    ("(EBANNED) tenant is banned: abuse", "provider"),
    ("Endpoint ID is not specified. Either please upgrade", "options=endpoint%3D"),
    ("The endpoint has been disabled. Enable it using Neon API and retry.", "console"),
    ("codeParamsRoutingFailed: missing cluster identifier", "--cluster%3D"),
    ("Your project has exceeded the data transfer quota.", "quota"),
    ("This IP address 10.0.0.7 is not allowed to connect to this endpoint.", "network settings"),
    ("(ESSLREQUIRED) SSL connection is required for user: web", "sslmode=verify-full"),
)
"""One for each row of the table, in its order."""


@pytest.mark.parametrize(
    ("row", "words", "remedy"),
    [(row, *example) for row, example in enumerate(SAID_AND_REMEDY)],
)
def test_no_row_takes_the_words_of_another(row: int, words: str, remedy: str) -> None:
    found = [one for one in REFUSED_BY_HOSTS if re.search(one.words, words, re.IGNORECASE)]
    assert found == [REFUSED_BY_HOSTS[row]]
    assert remedy in found[0].hint


def test_each_row_has_an_example_and_is_for_the_user_who_is_told_where() -> None:
    assert len(SAID_AND_REMEDY) == len(REFUSED_BY_HOSTS)
    assert {one.mends for one in REFUSED_BY_HOSTS} == {Mends.USER}
    assert [one.words for one in REFUSED_BY_HOSTS if "source=" not in one.hint] == []


def test_a_wrong_password_is_not_the_hosts_own_matter() -> None:
    said = 'password authentication failed for user "web"'
    assert not any(re.search(one.words, said, re.IGNORECASE) for one in REFUSED_BY_HOSTS)
