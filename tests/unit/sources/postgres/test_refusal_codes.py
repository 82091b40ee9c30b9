"""What SQLSTATEs mean: the table's own order and texts; what follows from single codes is in `test_errors`."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from rtwidget.errors import SourceError
from rtwidget.sources.postgres.refusal_codes import REFUSALS, Refusal
from rtwidget.sources.refused.hints import refusal_hints

CODES = [code for one in REFUSALS for code in one.codes]


def test_every_code_is_a_code_or_a_class_and_stands_once() -> None:
    assert [code for code in CODES if not re.fullmatch(r"[0-9A-Z]{2}([0-9A-Z]{3})?", code)] == []
    assert len(set(CODES)) == len(CODES)


def test_single_codes_stand_before_their_classes_which_would_hide_them() -> None:
    hidden = [
        code for place, code in enumerate(CODES) if len(code) == 5 and code[:2] in CODES[:place]
    ]
    assert hidden == []


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: one.codes[0])
def test_every_text_says_what_to_do_and_takes_only_what_is_filled_in(refusal: Refusal) -> None:
    assert issubclass(refusal.error, SourceError)
    assert refusal.hint
    filled = {"message", "relation", "role", "grant", "grantee", *refusal_hints(frozenset())}
    for text in (refusal.message, refusal.hint):
        assert {name for _, name, _, _ in Formatter().parse(text) if name} <= filled
    assert refusal.message.endswith(".")


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("42501", "`{grant}`"),
        ("42P01", "`schema=`"),
        ("25006", "target_session_attrs=read-write"),
        ("53", "max_connections"),
        ("57P05", "alter role {grantee} set idle_session_timeout = 0;"),
        ("57", "tried again"),
    ],
)
def test_what_users_meet_most_names_the_setting(code: str, remedy: str) -> None:
    assert remedy in next(one.hint for one in REFUSALS if code in one.codes)
