"""The table of the REST API's codes: each means one thing, and says what to do."""

from __future__ import annotations

from collections import Counter
from string import Formatter

import pytest

from rtwidget.errors import AuthenticationError, ErrorKind, ReadTooLargeError
from rtwidget.sources.refused.hints import refusal_hints
from rtwidget.sources.supabase.rest.rest_refusals import REFUSALS, TOKEN_CODES, Refusal

EACH = pytest.mark.parametrize("refusal", REFUSALS, ids=lambda one: min(one.codes))


def meaning(code: str) -> Refusal:
    return next(
        one for one in REFUSALS if code in one.codes or code.startswith(tuple(one.prefixes))
    )


def test_no_code_stands_twice() -> None:
    counted = Counter(code for refusal in REFUSALS for code in refusal.codes)
    assert [code for code, times in counted.items() if times > 1] == []


@EACH
def test_no_code_is_taken_by_the_class_of_an_earlier_row(refusal: Refusal) -> None:
    assert {meaning(code) for code in refusal.codes} == {refusal}


@EACH
def test_every_row_says_what_happened_and_something_to_do(refusal: Refusal) -> None:
    message = refusal.message.format(message="the words", relation="public.t")
    hint = refusal.hint.format(grant="grant it", **refusal_hints({"columns", "filter"}))
    assert message.endswith(".")
    assert len(hint.split()) > 3
    assert "{" not in message + hint


@EACH
def test_whatever_the_database_said_and_nothing_tells_better_is_passed_on(refusal: Refusal) -> None:
    filled = {name for _, name, _, _ in Formatter().parse(refusal.message)}
    assert filled & {"message", "relation"}


@EACH
def test_what_needs_the_user_is_not_tried_for_ever(refusal: Refusal) -> None:
    kind = refusal.kind or refusal.error.kind
    again = "It is tried again" in refusal.hint or refusal.error is ReadTooLargeError
    assert (kind is ErrorKind.TRANSIENT) == again


def test_tokens_are_refused_by_the_codes_of_tokens_alone() -> None:
    refused = [one.codes for one in REFUSALS if issubclass(one.error, AuthenticationError)]
    assert refused == [TOKEN_CODES]


def test_what_users_meet_most_holds_the_very_setting() -> None:
    assert "{grant}" in meaning("42501").hint
    assert "notify pgrst, 'reload schema'" in meaning("PGRST205").hint
    assert "Exposed schemas" in meaning("PGRST106").hint
    assert meaning("54001").error is ReadTooLargeError
