"""A secret shows itself nowhere."""

from __future__ import annotations

import copy
import pickle

import pytest

from rtwidget.sources.secret import Secret
from rtwidget.sources.supabase.credentials.identity import token_of
from tests.unit.sources.supabase.tokens.jwt import jwt


def test_a_secret_never_shows_itself() -> None:
    secret = Secret("tok")
    assert [str(secret), repr(secret), f"{secret}"] == ["***"] * 3
    assert (secret.reveal(), secret) == ("tok", Secret("tok"))
    for leak in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="secret"):
            leak(secret)
    assert "tok" not in repr(token_of(Secret(jwt(sub="tok"))))
